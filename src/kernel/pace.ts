// Real time is the same kernel, run to the host's clock. The host's timer only decides when to look again, so that it
// has no part in what happens. At any speed, changed while it runs; Infinity is as fast as possible.
import type { Graph } from './graph.ts';
import type { Host } from './host.ts';
import type { Micros } from './time.ts';

export interface PaceOptions {
  /** Without it the one of the graph. */
  readonly host?: Host;
  /** Simulated seconds a second of the host: 1 by default, Infinity for as fast as possible. */
  readonly speed?: number;
  /** Without it the run goes on until it is stopped. */
  readonly untilUs?: Micros;
  readonly signal?: AbortSignal;
}

export interface Pacing {
  /** Settles when the run has ended or was stopped; rejects with the KernelStop of a fault. */
  readonly done: Promise<void>;
  readonly speed: number;
  /** Simulated time that was given up because the kernel or the host had fallen behind. */
  readonly slippedUs: Micros;
  setSpeed(factor: number): void;
  stop(): void;
}

/** Between two looks at the clock, when nothing is due. */
const MAX_SLEEP_US = 20_000;
/** Of the host's time, before sockets get their turn. */
const MAX_TURN_US = 8_000;
/** One step towards the host's clock; it also bounds how late an input is noticed. */
const SLICE_US = 10_000;
/** Whoever is further behind the host's clock than this gives up the difference instead of running after it. */
const MAX_BEHIND_US = 2_000_000;

class Pacer implements Pacing {
  readonly done: Promise<void>;
  slippedUs = 0;
  readonly #graph: Graph;
  readonly #host: Host;
  readonly #untilUs: Micros;
  #speed: number;
  /** The instant of the host, and of the kernel, from which time is counted. */
  #hostUs: number;
  #kernelUs: Micros;
  #ended = false;
  /** Of the wake that counts: an earlier one that still comes is ignored. */
  #turn = 0;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;

  constructor(graph: Graph, { host = graph.kernel.options.host, speed = 1, untilUs = Infinity, signal }: PaceOptions) {
    if (!host) throw new Error('pace: expected a host, in the options or in those of the graph');
    this.#graph = graph;
    this.#host = host;
    this.#untilUs = untilUs;
    this.#speed = checkSpeed(speed);
    this.#hostUs = host.nowUs();
    this.#kernelUs = graph.kernel.now;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    graph.kernel.clock = () => this.#clock();
    graph.kernel.onInput = () => this.#wake(0);
    signal?.addEventListener('abort', () => this.stop(), { once: true });
    if (signal?.aborted) this.stop();
    else this.#wake(0);
  }

  get speed(): number {
    return this.#speed;
  }

  setSpeed(factor: number): void {
    const now = this.#clock();
    this.#speed = checkSpeed(factor);
    this.#rebase(now);
    this.#wake(0);
  }

  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { kernel } = this.#graph;
    kernel.onInput = undefined;
    kernel.clock = () => kernel.now + 1;
    this.#resolve();
  }

  /** Where the simulation ought to be now. What it cannot catch up with is given up before anything is stamped. */
  #clock(): Micros {
    const { kernel } = this.#graph;
    if (this.#speed === Infinity) return kernel.now + 1;
    const clock = this.#kernelUs + Math.floor((this.#host.nowUs() - this.#hostUs) * this.#speed);
    if (clock - kernel.now <= MAX_BEHIND_US * Math.max(1, this.#speed)) return clock;
    this.slippedUs += clock - kernel.now;
    this.#rebase(kernel.now);
    return kernel.now;
  }

  #rebase(kernelUs: Micros): void {
    this.#hostUs = this.#host.nowUs();
    this.#kernelUs = kernelUs;
  }

  #wake(delayUs: Micros): void {
    if (this.#ended) return;
    const turn = ++this.#turn;
    this.#host.wake(delayUs, () => {
      if (turn === this.#turn && !this.#ended) this.#look();
    });
  }

  #look(): void {
    const { kernel } = this.#graph;
    try {
      this.#run();
    } catch (error) {
      this.#ended = true;
      this.#reject(error);
      return;
    }
    if (kernel.now >= this.#untilUs) this.stop();
    else this.#wake(this.#idleUs());
  }

  #run(): void {
    const { kernel } = this.#graph;
    const startedUs = this.#host.nowUs();
    do {
      const fast = this.#speed === Infinity;
      const clock = fast ? Infinity : this.#clock();
      const target = Math.min(clock, this.#untilUs, kernel.now + SLICE_US * Math.max(1, fast ? 1 : this.#speed));
      if (target <= kernel.now) return;
      kernel.runUntil(target);
    } while (kernel.now < this.#untilUs && this.#host.nowUs() - startedUs < MAX_TURN_US);
  }

  /** Of the host's time, until there is something to do. */
  #idleUs(): number {
    if (this.#speed === Infinity) return 0;
    const clock = this.#clock();
    const { kernel } = this.#graph;
    if (kernel.now + SLICE_US < clock) return 0;
    const due = Math.min(kernel.nextUs, this.#untilUs);
    return Math.min(Math.max(0, Math.ceil((due - clock) / this.#speed)), MAX_SLEEP_US);
  }
}

const checkSpeed = (factor: number): number => {
  if (!(factor > 0)) throw new RangeError(`pace: expected a speed above 0, got ${factor}`);
  return factor;
};

/** Runs a graph in real time until it is stopped. Inputs of drivers are stamped with the paced clock from now on. */
export const pace = (graph: Graph, options: PaceOptions = {}): Pacing => new Pacer(graph, options);
