// Viterbi decoder of the convolutional codes of CCSDS 131.0-B-5 clause 3: soft symbols in, octets of decoded bits out,
// as a stream. Punctured symbols are put back as unknown ones.
//
// Node synchronisation: where a branch begins (and where the puncturing period begins) is not marked. The decoder
// counts the weight of the symbols that contradict its best path. On a stream out of step that share has a known
// level for each rate; above half of it for a window of bits, one symbol is dropped and the next place tried.
// The code is transparent: an inverted stream decodes to inverted bits, and the sync marker tells. Left out: other
// ambiguities of a demodulator (exchanged or rotated quadratures) and streams whose C1 and C2 are exchanged.
import { integerIn } from '../../codec/assert.ts';
import { type ConvolutionalRate, invertsSecond, puncturePatterns, transmittedSymbols } from './convolutional.ts';
import { runTrellis, type TrellisMemory, type TrellisRun, trellisMemory, viterbiDepth } from './viterbi-trellis.ts';

export interface ViterbiOptions {
  readonly rate?: ConvolutionalRate;
  /** Whether C2 comes inverted. Default: as the standard has it, at rate 1/2 only. */
  readonly invertSecond?: boolean;
  /** Look for the place where branches begin. Default true; false trusts that the first symbol is a C1 of phase 0. */
  readonly nodeSync?: boolean;
  /** Bits decoded at a time, rounded down to whole octets and periods: less is sooner, more is faster. Default 2048. */
  readonly blockBits?: number;
}

export interface ViterbiCounters {
  /** Bits decoded, those of an end of stream included. */
  readonly bits: number;
  /** Symbols dropped to try another place. */
  readonly 'node slip': number;
}

/** Everything a decoder remembers, as plain data. */
export interface ViterbiMemory {
  readonly trellis: TrellisMemory;
  readonly block: Uint8Array;
  readonly filled: number;
  readonly phase: number;
  readonly late: number;
  readonly skip: number;
  readonly window: { readonly bits: number; readonly excess: number; readonly weight: number };
  readonly synchronised: boolean;
  readonly counters: ViterbiCounters;
}

/** A symbol of which nothing is known. */
export const unknownSymbol = 128;

/** Share of contradicted weight above which a stream counts as out of step: measured, half-way at threshold noise. */
const contradictionLimit: Readonly<Record<ConvolutionalRate, number>> = {
  '1/2': 0.062,
  '2/3': 0.03,
  '3/4': 0.019,
  '5/6': 0.0105,
  '7/8': 0.0063,
};
const windowBits = 4096;
const mostDoubt = 12;

/** Hard bits, most significant first, as sure symbols. */
export const softOfOctets = (octets: Uint8Array): Uint8Array => {
  const soft = new Uint8Array(octets.length * 8);
  for (let i = 0; i < soft.length; i++) soft[i] = (octets[i >> 3]! >> (7 - (i & 7))) & 1 ? 255 : 0;
  return soft;
};

const copyOf = (memory: TrellisMemory): TrellisMemory => ({
  ...memory,
  metrics: memory.metrics.slice(),
  decisions: memory.decisions.slice(),
});

export class ViterbiDecoder {
  readonly #run: TrellisRun;
  readonly #limit: number;
  readonly #nodeSync: boolean;
  readonly #places: Uint8Array; // of the symbols of a period, among two of each step
  readonly #period: number; // octets of `#block` that a period takes
  readonly #punctured: boolean;
  readonly #block: Uint8Array;
  readonly #invertSecond: boolean;
  #memory: TrellisMemory = trellisMemory();
  #filled = 0; // octets of the block before the current period
  #phase = 0; // symbols of the current period
  #late = viterbiDepth / 8; // octets that leave the trellis before the first decoded one
  #skip = 0;
  #window = { bits: 0, excess: 0, weight: 0 };
  #synchronised = false;
  #counters = { bits: 0, 'node slip': 0 };

  constructor(options: ViterbiOptions = {}, run: TrellisRun = runTrellis) {
    const rate = options.rate ?? '1/2';
    const steps = puncturePatterns[rate].first.length;
    const bits = integerIn('Viterbi block', options.blockBits ?? 2048, 64, 4096);
    this.#run = run;
    this.#limit = contradictionLimit[rate];
    this.#nodeSync = options.nodeSync ?? true;
    this.#places = Uint8Array.from(transmittedSymbols(rate), ({ bit, generator }) => 2 * bit + generator);
    this.#period = 2 * steps;
    this.#punctured = rate !== '1/2';
    this.#block = new Uint8Array(2 * Math.floor(bits / (8 * steps)) * 8 * steps).fill(unknownSymbol);
    this.#invertSecond = options.invertSecond ?? invertsSecond(rate);
  }

  get counters(): ViterbiCounters {
    return { ...this.#counters };
  }

  /** Whether the last window of bits agreed with its code. */
  get synchronised(): boolean {
    return this.#synchronised;
  }

  /** Takes soft symbols, 0 a sure zero and 255 a sure one, in pieces of any size. Returns the octets decoded. */
  push(soft: Uint8Array): Uint8Array {
    const out = new Uint8Array(Math.ceil((soft.length + this.#block.length) / 8) + this.#block.length);
    let length = 0;
    let at = 0;
    while (at < soft.length) {
      if (this.#skip > 0) {
        this.#skip--;
        at++;
        continue;
      }
      at = this.#punctured ? this.#scatter(soft, at) : this.#copy(soft, at);
      if (this.#filled === this.#block.length) length += this.#decode(this.#block.length / 2, out, length);
    }
    return out.slice(0, length);
  }

  /** The stream has ended: the bits still in the trellis, whole octets of them. Starts over. */
  end(): Uint8Array {
    const steps = (this.#filled + this.#phaseSteps()) / 2;
    this.#forget();
    const rounded = Math.ceil(steps / 8) * 8;
    const out = new Uint8Array((rounded + viterbiDepth) / 8);
    let length = rounded > 0 ? this.#decode(rounded, out, 0) : 0;
    for (let left = viterbiDepth; left > 0; ) {
      const run = Math.min(left, this.#block.length / 2);
      this.#block.fill(unknownSymbol);
      length += this.#decode(run, out, length, false);
      left -= run;
    }
    const whole = Math.max(0, length - (steps % 8 === 0 ? 0 : 1));
    this.#memory = trellisMemory();
    this.#late = viterbiDepth / 8;
    this.#skip = 0;
    this.#window = { bits: 0, excess: 0, weight: 0 };
    this.#synchronised = false;
    return out.slice(0, whole);
  }

  save(): ViterbiMemory {
    return {
      trellis: copyOf(this.#memory),
      block: this.#block.slice(),
      filled: this.#filled,
      phase: this.#phase,
      late: this.#late,
      skip: this.#skip,
      window: { ...this.#window },
      synchronised: this.#synchronised,
      counters: this.counters,
    };
  }

  /** Continues where `memory` was saved, under the same options. */
  load(memory: ViterbiMemory): void {
    if (memory.block.length !== this.#block.length)
      throw new RangeError(`Viterbi block: expected ${this.#block.length} symbols, got ${memory.block.length}`);
    this.#memory = copyOf(memory.trellis);
    this.#block.set(memory.block);
    this.#filled = memory.filled;
    this.#phase = memory.phase;
    this.#late = memory.late;
    this.#skip = memory.skip;
    this.#window = { ...memory.window };
    this.#synchronised = memory.synchronised;
    this.#counters = { ...memory.counters };
  }

  /** Octets of `#block` that the symbols of an unfinished period reach. */
  #phaseSteps(): number {
    return this.#phase === 0 ? 0 : 2 * (this.#places[this.#phase - 1]! >> 1) + 2;
  }

  /** What lies behind the last symbol is of an earlier block. */
  #forget(): void {
    const after = this.#filled + (this.#phase === 0 ? 0 : this.#places[this.#phase - 1]! + 1);
    this.#block.fill(unknownSymbol, after);
    this.#filled = 0;
    this.#phase = 0;
  }

  #copy(soft: Uint8Array, at: number): number {
    const count = Math.min(soft.length - at, this.#block.length - this.#filled - this.#phase);
    this.#block.set(soft.subarray(at, at + count), this.#filled + this.#phase);
    const reached = this.#filled + this.#phase + count;
    this.#phase = reached & 1;
    this.#filled = reached - this.#phase;
    return at + count;
  }

  #scatter(soft: Uint8Array, from: number): number {
    const places = this.#places;
    const block = this.#block;
    let filled = this.#filled;
    let phase = this.#phase;
    let at = from;
    while (at < soft.length && filled < block.length) {
      block[filled + places[phase]!] = soft[at++]!;
      if (++phase === places.length) {
        phase = 0;
        filled += this.#period;
      }
    }
    this.#filled = filled;
    this.#phase = phase;
    return at;
  }

  /** Runs the first `steps` of the block; writes to `out` from `at` and returns how many octets that were. */
  #decode(steps: number, out: Uint8Array, at: number, judged = true): number {
    const octets = steps / 8;
    const bits = new Uint8Array(octets);
    this.#run(this.#memory, this.#block.subarray(0, 2 * steps), bits, this.#invertSecond);
    this.#filled = 0;
    if (judged) this.#judge(steps);
    const late = Math.min(this.#late, octets);
    this.#late -= late;
    out.set(bits.subarray(late), at);
    this.#counters.bits += 8 * (octets - late);
    return octets - late;
  }

  #judge(steps: number): void {
    const window = this.#window;
    window.bits += steps;
    window.excess += this.#memory.growth - this.#memory.doubt;
    window.weight += mostDoubt * steps - this.#memory.doubt;
    if (window.bits < windowBits) return;
    this.#synchronised = window.weight > 0 && window.excess <= this.#limit * 2 * window.weight;
    if (this.#nodeSync && !this.#synchronised && window.weight > 0) {
      this.#skip = 1;
      this.#memory.metrics.fill(0);
      this.#counters['node slip']++;
    }
    this.#window = { bits: 0, excess: 0, weight: 0 };
  }
}
