// The physical channel of telemetry as a stream, CCSDS 131.0-B-5 clause 2.2. Sending, frames become CADUs and, where
// the channel has it, convolutional symbols; receiving, symbols or octets become frames, each with its verdict.
import type { Result } from '../../codec/result.ts';
import { type CaduParameters, caduCoding, type OpenedCadu } from './cadu.ts';
import { type ConvolutionalMemory, type ConvolutionalRate, convolutionalStart, convolve } from './convolutional.ts';
import {
  FrameSynchronizer,
  type FrameSynchronizerOptions,
  type SynchronizedFrame,
  type SynchronizerCounters,
  type SynchronizerMemory,
} from './frame-synchronizer.ts';
import { type Kernels, plainKernels } from './kernels.ts';
import { ViterbiDecoder, type ViterbiMemory, type ViterbiOptions } from './viterbi.ts';

export interface ChannelParameters extends CaduParameters {
  readonly convolutional?: ViterbiOptions & { readonly rate: ConvolutionalRate };
  readonly synchronizer?: Omit<FrameSynchronizerOptions, 'frameLength'>;
}

export interface ReceivedFrame {
  /** Where and how it was found. Its octets are those of the codeblock after derandomizing and correction. */
  readonly synchronized: SynchronizedFrame;
  /** The Transfer Frame, or why the codeblock was refused. */
  readonly verdict: Result<OpenedCadu>;
}

export interface ChannelCounters {
  readonly synchronizer: SynchronizerCounters;
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly correctedSymbols: number;
  readonly nodeSlips: number;
}

/** Everything a receiver remembers, as plain data. */
export interface ReceiverMemory {
  readonly synchronizer: SynchronizerMemory;
  readonly viterbi: ViterbiMemory | undefined;
  readonly accepted: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly correctedSymbols: number;
}

/** Receiving side. Memory is bounded by its synchroniser and one block of its Viterbi decoder. */
export class ChannelReceiver {
  readonly #coding: ReturnType<typeof caduCoding>;
  readonly #synchronizer: FrameSynchronizer;
  readonly #viterbi: ViterbiDecoder | undefined;
  #refused: Record<string, number> = {};
  #accepted = 0;
  #correctedSymbols = 0;

  constructor(parameters: ChannelParameters, kernels: Kernels = plainKernels) {
    this.#coding = caduCoding(parameters, kernels.parityDifference);
    this.#synchronizer = new FrameSynchronizer({
      ...parameters.synchronizer,
      frameLength: this.#coding.codeblockLength,
    });
    this.#viterbi = parameters.convolutional && new ViterbiDecoder(parameters.convolutional, kernels.runTrellis);
  }

  get counters(): ChannelCounters {
    return {
      synchronizer: this.#synchronizer.counters,
      accepted: this.#accepted,
      refused: { ...this.#refused },
      correctedSymbols: this.#correctedSymbols,
      nodeSlips: this.#viterbi?.counters['node slip'] ?? 0,
    };
  }

  /** Takes what comes next: soft symbols on a convolutional channel, otherwise octets of bits. */
  push(octets: Uint8Array): ReceivedFrame[] {
    return this.#open(this.#synchronizer.push(this.#viterbi?.push(octets) ?? octets));
  }

  /** The stream has ended: what was held leaves. */
  end(): ReceivedFrame[] {
    const last = this.#viterbi ? this.#synchronizer.push(this.#viterbi.end()) : [];
    return this.#open([...last, ...this.#synchronizer.end()]);
  }

  save(): ReceiverMemory {
    return {
      synchronizer: this.#synchronizer.save(),
      viterbi: this.#viterbi?.save(),
      accepted: this.#accepted,
      refused: { ...this.#refused },
      correctedSymbols: this.#correctedSymbols,
    };
  }

  /** Continues where `memory` was saved, under the same parameters. */
  load(memory: ReceiverMemory): void {
    this.#synchronizer.load(memory.synchronizer);
    if (memory.viterbi) this.#viterbi?.load(memory.viterbi);
    this.#accepted = memory.accepted;
    this.#refused = { ...memory.refused };
    this.#correctedSymbols = memory.correctedSymbols;
  }

  #open(frames: readonly SynchronizedFrame[]): ReceivedFrame[] {
    return frames.map((synchronized) => {
      const verdict = this.#coding.open(synchronized.octets);
      if (verdict.ok) {
        this.#accepted++;
        this.#correctedSymbols += verdict.value.correction?.corrected ?? 0;
      } else this.#refused[verdict.reason] = (this.#refused[verdict.reason] ?? 0) + 1;
      return { synchronized, verdict };
    });
  }
}

/** Sending side: remembers nothing but the convolutional register. */
export class ChannelSender {
  readonly #coding: ReturnType<typeof caduCoding>;
  readonly #rate: ConvolutionalRate | undefined;
  #memory: ConvolutionalMemory = convolutionalStart;

  constructor(parameters: ChannelParameters, kernels: Kernels = plainKernels) {
    this.#coding = caduCoding(parameters, kernels.parityDifference);
    this.#rate = parameters.convolutional?.rate;
  }

  /** The next CADU: octets of bits, or on a convolutional channel one octet (0 or 1) per symbol. */
  send(frame: Uint8Array): Uint8Array {
    const cadu = this.#coding.encode(frame);
    if (this.#rate === undefined) return cadu;
    const { symbols, memory } = convolve(cadu, this.#rate, this.#memory);
    this.#memory = memory;
    return symbols;
  }
}
