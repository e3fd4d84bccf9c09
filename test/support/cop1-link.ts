// FOP-1 and FARM-1 joined by a bad link, on a clock of ticks: frames go through the real codecs of TC frame and CLTU,
// reports through the real CLCW, and the link loses, repeats, delays, reorders and corrupts both. An operator starts
// the service, resumes it when it suspends, and recovers it after an alert once the link is quiet. All from one seed.
import { decodeCltu, encodeCltu } from '../../src/ccsds/cltu/cltu.ts';
import { type Clcw, clcw } from '../../src/ccsds/cop1/clcw.ts';
import { clcwOf, farm1 } from '../../src/ccsds/cop1/farm1.ts';
import { classifyFrame, farmWindow } from '../../src/ccsds/cop1/farm1-classify.ts';
import { type Farm, farmReset } from '../../src/ccsds/cop1/farm1-state.ts';
import { fop1 } from '../../src/ccsds/cop1/fop1.ts';
import {
  classifyAnswer,
  classifyClcw,
  classifyDirective,
  classifyFdu,
  classifyTimer,
  isUnattended,
} from '../../src/ccsds/cop1/fop1-classify.ts';
import type { DirectiveName, FopAction, FopEvent } from '../../src/ccsds/cop1/fop1-events.ts';
import { type Fop, fopReset } from '../../src/ccsds/cop1/fop1-state.ts';
import { type MasterCopies, masterCopy, noMasterCopies } from '../../src/ccsds/cop1/master-copies.ts';
import { delimitTcFrames } from '../../src/ccsds/tc-frame/delimit.ts';
import { tcFrame } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { crc16, sealCrc16 } from '../../src/codec/crc16.ts';
import { Random } from '../../src/kernel/random.ts';

export interface LinkRun {
  readonly delivered: number;
  readonly alerts: number;
  readonly resumes: number;
  /** What went wrong, in words; empty for a good run. */
  readonly wrong: readonly string[];
  /** FOP-1 row and column that were entered. */
  readonly visited: ReadonlySet<string>;
}

interface Draw {
  readonly commands: number;
  readonly window: number;
  readonly limit: number;
  readonly timeoutType: 0 | 1;
  readonly delay: number;
  readonly spread: number;
  readonly t1: number;
  readonly radiate: number;
  readonly reportEvery: number;
  readonly lossUp: number;
  readonly lossDown: number;
  readonly repeat: number;
  readonly corrupt: number;
  readonly busy: number;
  readonly refuse: number;
  readonly orderedReports: boolean;
  readonly firstSequence: number;
}

const drawOf = (random: Random): Draw => {
  const delay = 1 + random.below(12);
  const spread = random.chance(0.6) ? random.below(delay + 4) : 0;
  const radiate = random.below(3);
  const reportEvery = 1 + random.below(5);
  const roundTrip = 2 * (delay + spread) + radiate + reportEvery;
  // Each fault is off in some runs, so that each is also seen alone.
  const fault = (most: number): number => (random.chance(0.3) ? 0 : random.uniform() * most);
  const window = 1 + random.below(60);
  return {
    commands: 40,
    window,
    limit: random.chance(0.2) ? 1 + random.below(2) : 3 + random.below(40),
    timeoutType: random.chance(0.5) ? 0 : 1,
    delay,
    spread,
    t1: Math.ceil(roundTrip * (random.chance(0.2) ? 0.4 : 1.1 + random.uniform() * 2)),
    radiate,
    reportEvery,
    lossUp: fault(0.3),
    lossDown: fault(0.3),
    repeat: fault(0.1),
    corrupt: fault(0.15),
    busy: fault(0.3),
    refuse: random.chance(0.1) ? 0.01 : 0,
    orderedReports: random.chance(0.7),
    firstSequence: random.below(256),
  };
};

const TICKS = 60_000;
const FDU_OCTETS = 20;
const frames = tcFrame({ spacecraftId: 42, virtualChannels: [0] });

class Link {
  readonly draw: Draw;
  readonly random: Random;
  readonly wrong: string[] = [];
  readonly visited = new Set<string>();
  alerts = 0;
  resumes = 0;
  delivered = 0;
  now = 0;
  readonly #classify: typeof classifyFrame;
  readonly #agenda: (() => void)[][] = [];
  #fop: Fop;
  #farm: Farm;
  #copies: MasterCopies = noMasterCopies;
  #bufferFree = true;
  #timer = -1;
  #aborts = 0;
  #next = 0;
  #lastReportMade = -1;
  #seen: Clcw | undefined;
  #recoverAt = 0;
  #movedAt = 0;

  constructor(seed: number, classify: typeof classifyFrame) {
    this.#classify = classify;
    this.random = new Random(`cop-1 link ${seed}`);
    this.draw = drawOf(this.random);
    const { window, limit, timeoutType, t1, firstSequence } = this.draw;
    this.#farm = { ...farmReset, vr: firstSequence };
    this.#fop = fopReset({
      windowWidth: window,
      windowMaximum: 64,
      transmissionLimit: limit,
      timeoutType,
      timerInitialUs: t1,
      vs: this.random.below(256),
    });
  }

  run(): void {
    for (; this.now < TICKS && this.delivered < this.draw.commands && this.wrong.length === 0; this.now++) {
      for (const act of this.#agenda[this.now] ?? []) act();
      delete this.#agenda[this.now];
      if (this.now === this.#timer) this.#step(classifyTimer(this.#fop));
      if (this.now % this.draw.reportEvery === 0) this.#report();
      this.#onboard();
      this.#operate();
    }
    if (this.delivered < this.draw.commands) this.wrong.push(`stopped at ${this.delivered} in ${this.#fop.mode}`);
  }

  #at(tick: number, act: () => void): void {
    const due = this.#agenda[tick];
    if (due === undefined) this.#agenda[tick] = [act];
    else due.push(act);
  }

  #travel(octets: Uint8Array, loss: number, ordered: boolean, arrive: (octets: Uint8Array) => void): void {
    const { delay, spread, repeat, corrupt } = this.draw;
    for (let copy = this.random.chance(repeat) ? 2 : 1; copy > 0; copy--) {
      if (this.random.chance(loss)) continue;
      const taken = octets.slice();
      if (this.random.chance(corrupt))
        for (let flips = 1 + this.random.below(4); flips > 0; flips--) {
          const bit = this.random.below(taken.length * 8);
          taken[bit >> 3] = taken[bit >> 3]! ^ (1 << (bit & 7));
        }
      this.#at(this.now + delay + (ordered ? 0 : this.random.below(spread + 1)), () => arrive(taken));
    }
  }

  #step(event: FopEvent | undefined): void {
    if (event === undefined) return;
    this.visited.add(`${event.type} ${this.#fop.mode}`);
    const before = this.#fop;
    const [fop, ...actions] = fop1.step(before, event);
    this.#fop = fop;
    if (fop.nnr !== before.nnr || fop.mode !== before.mode) this.#movedAt = this.now;
    for (const action of actions) this.#act(action);
  }

  #act(action: FopAction): void {
    if (action.type === 'transmit') this.#transmit(action);
    else if (action.type === 'abort') this.#aborts += 1;
    else if (action.type === 'startTimer') this.#timer = this.now + action.delayUs;
    else if (action.type === 'cancelTimer') this.#timer = -1;
    else if (action.type === 'confirmFdu' && action.positive && action.id >= this.delivered)
      this.wrong.push(`confirmed ${action.id} before it was delivered`);
    else if (action.type === 'alert') {
      this.alerts += 1;
      // By then all that is still on its way has arrived, and only a report made after that tells where to go on.
      this.#recoverAt = this.now + this.draw.delay + this.draw.spread + this.draw.radiate + 2;
    }
  }

  #transmit(action: Extract<FopAction, { readonly type: 'transmit' }>): void {
    const { service, sequence, fdu } = action;
    const build = () => frames.encode({ service, spacecraftId: 42, virtualChannelId: 0, sequence, data: fdu.octets });
    const [copies, frame] = masterCopy(this.#copies, action, build);
    this.#copies = copies;
    const cltu = encodeCltu(frame);
    const aborts = this.#aborts;
    this.#at(this.now + 1 + this.random.below(this.draw.radiate + 1), () => {
      const refused = this.random.chance(this.draw.refuse);
      if (!refused && (service === 'BD' || aborts === this.#aborts))
        this.#travel(cltu, this.draw.lossUp, false, (octets) => this.#receive(octets));
      this.#step(classifyAnswer(service, !refused));
    });
  }

  #receive(octets: Uint8Array): void {
    const unit = decodeCltu(octets);
    if (!unit.ok) return;
    for (const part of delimitTcFrames(unit.value.data)) {
      const frame = frames.decode(part);
      if (!frame.ok) continue;
      const event = this.#classify(this.#farm, frame.value, farmWindow(128), this.#bufferFree);
      const [farm, ...actions] = farm1.step(this.#farm, event);
      this.#farm = farm;
      for (const action of actions)
        if (action.type === 'accept' && action.frame.service === 'AD') this.#deliver(action.frame.data);
    }
  }

  #deliver(data: Uint8Array): void {
    const id = new DataView(data.buffer, data.byteOffset).getUint16(0);
    if (id !== this.delivered) this.wrong.push(`delivered ${id} where ${this.delivered} was due`);
    this.delivered += 1;
  }

  /** The layer above FARM-1 is full now and then, and says when it is not any more. */
  #onboard(): void {
    if (this.#bufferFree) this.#bufferFree = !this.random.chance(this.draw.busy / 10);
    else if (this.random.chance(0.2)) {
      this.#bufferFree = true;
      this.#farm = farm1.step(this.#farm, { type: 'E10' })[0];
    }
  }

  #report(): void {
    const octets = new Uint8Array(8);
    octets.set(clcw.encode(clcwOf(this.#farm, 0)));
    octets.set([this.now >> 8, this.now & 255], 4);
    sealCrc16(octets);
    // A downlink frame stands around the word: its check refuses what was corrupted.
    this.#travel(octets, this.draw.lossDown, this.draw.orderedReports, (arrived) => {
      if (crc16(arrived) !== 0) return;
      const word = clcw.decode(arrived.subarray(0, 4));
      const made = (arrived[4]! << 8) | arrived[5]!;
      // Reports count only in the order in which they were made, which the counter of their frame tells: an old one
      // that came after a restart would confirm frames that nobody has received.
      if (!word.ok || made <= this.#lastReportMade) return;
      this.#lastReportMade = made;
      this.#seen = word.value;
      this.#step(classifyClcw(this.#fop, word.value, 0));
    });
  }

  #direct(name: DirectiveName, value?: number): void {
    this.#step(classifyDirective(this.#fop, value === undefined ? { id: -1, name } : { id: -1, name, value }));
  }

  #operate(): void {
    const { mode, suspendState, waitQueue } = this.#fop;
    if (mode === 'initial') {
      if (suspendState !== 0 && this.resumes < 30) {
        this.resumes += 1;
        this.#direct('resumeAd');
      } else if (suspendState !== 0) {
        this.#direct('initiateAdWithoutClcwCheck');
        this.#direct('terminateAd');
      } else if (this.#seen !== undefined && this.#lastReportMade >= this.#recoverAt) this.#recover(this.#seen);
    } else if (mode !== 'initialisingWithBc' && mode !== 'initialisingWithoutBc' && waitQueue === null) {
      if (this.random.chance(0.5)) this.#submit();
    }
    if (isUnattended(this.#fop) && this.now - this.#movedAt > 500) this.#direct('terminateAd');
  }

  #submit(): void {
    if (this.random.chance(0.1)) this.#step(classifyFdu(this.#fop, 'BD', { id: -1, octets: Uint8Array.of(0xbd) }));
    if (this.#next >= this.draw.commands) return;
    const octets = new Uint8Array(FDU_OCTETS);
    new DataView(octets.buffer).setUint16(0, this.#next);
    const id = this.#next++;
    this.#step(classifyFdu(this.#fop, 'AD', { id, octets }));
  }

  /** As an operator does it: look at the last report and at what has been executed, and go on from there. */
  #recover(seen: Clcw): void {
    this.#next = this.delivered;
    this.resumes = 0;
    const dirty = seen.lockout || seen.retransmit || seen.wait;
    const choice = this.random.below(3);
    if (dirty || choice === 0) {
      this.#direct('setVs', seen.reportValue);
      this.#direct('initiateAdWithUnlock');
    } else if (choice === 1) {
      this.#direct('setVs', seen.reportValue);
      this.#direct('initiateAdWithClcwCheck');
    } else this.#direct('initiateAdWithSetVr', this.random.below(256));
  }
}

/** `classify` may be a wrong one, which the run then has to find out. */
export const runLink = (seed: number, classify = classifyFrame): LinkRun => {
  const link = new Link(seed, classify);
  link.run();
  const { delivered, alerts, resumes, wrong, visited } = link;
  return { delivered, alerts, resumes, wrong: wrong.map((text) => `seed ${seed}: ${text}`), visited };
};
