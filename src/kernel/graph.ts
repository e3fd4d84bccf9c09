// A topology made to run: instances built, wires drawn, everything checked, the boot message of each one posted.
import { checkRings, checkSeats } from './checks.ts';
import type { KernelOptions } from './core.ts';
import { BOOT, type Edge, Instance, NEVER, type Port } from './instance.ts';
import { Kernel } from './kernel.ts';
import { send } from './sending.ts';
import type { InPort, OutPort, Section, Topology, Wiring } from './topology.ts';
import { wire } from './wire.ts';

export type GraphOptions = KernelOptions;

export class Graph implements Wiring {
  readonly kernel: Kernel;
  readonly topology: Topology;
  /** By edge id: the group of the page in which it stands. */
  readonly groups: string[] = [];
  readonly #byName = new Map<string, Instance>();

  constructor(topology: Topology, options: GraphOptions) {
    this.kernel = new Kernel(options);
    this.topology = topology;
    const sections = topology.sections('');
    checkSeats(topology, sections);
    for (const name of Object.keys(topology.instances)) this.#place(name, options);
    for (const section of sections) this.#draw(section);
    for (const each of this.all) wire(this.kernel, each);
    checkRings(this.kernel.edges);
    for (const each of this.all)
      if (each.sources[BOOT]!.subscribers.length > 0) {
        each.mailbox.push(BOOT, NEVER, undefined);
        this.kernel.makeReady(each);
      }
  }

  get all(): readonly Instance[] {
    return this.kernel.instances;
  }

  find(name: string): Instance {
    const found = this.#byName.get(name);
    if (!found) throw new Error(`expected an instance that is aboard, got ${name}`);
    return found;
  }

  runUntil(timeUs: number): void {
    this.kernel.runUntil(timeUs);
  }

  /** Observes what leaves a port, for tests and consoles: no part of the run, not saved, must not throw. */
  tap<T>(from: OutPort<T>, take: (value: T) => void): () => void {
    const port = this.#port(from);
    const taps = port.taps ?? [];
    port.taps = taps;
    taps.push(take as (value: unknown) => void);
    return () => {
      const at = taps.indexOf(take as (value: unknown) => void);
      if (at >= 0) taps.splice(at, 1);
    };
  }

  /**
   * A message from outside into an inlet: logged, and replayed like the input of a driver. False when too many are on
   * their way to it already: then it is lost, and counted.
   */
  inject<T>(to: InPort<T>, payload: T): boolean {
    return this.kernel.inject(to.instance, `in.${to.port}`, payload);
  }

  /** Detaches every driver. */
  close(): void {
    for (const each of this.all) {
      each.detach?.();
      each.detach = undefined;
    }
  }

  connect(from: OutPort<unknown>, to: InPort<never>, group: string): void {
    const port = this.#port(from);
    const target = this.find(to.instance);
    port.edges.push(this.newEdge(port.name, this.find(from.instance), target, target.slot('in', to.port), group));
  }

  newEdge(from: string, sender: Instance | undefined, to: Instance, slot: number, group: string, back?: Port): Edge {
    this.groups.push(group);
    return this.kernel.newEdge(from, sender, to, slot, back);
  }

  route(from: OutPort<unknown>, route: (value: unknown) => void): void {
    const port = this.#port(from);
    if (port.route) throw new Error(`${port.name}: expected one pattern, got two`);
    port.route = route;
  }

  send(edge: Edge, value: unknown): void {
    send(this.kernel, this.kernel.current!, edge, value);
  }

  #port({ instance, group, port }: OutPort<unknown>): Port {
    return this.find(instance).port(group, port);
  }

  #place(name: string, { freeze = false }: GraphOptions): void {
    const { kernel } = this;
    const owned: { id: number }[] = [];
    const timerId = (): number => {
      const id = kernel.newTimerId();
      owned.push({ id });
      return id;
    };
    const seat = this.topology.instances[name]!;
    const made = new Instance(kernel.instances.length, name, seat, kernel.random.fork(name), freeze, timerId);
    for (const { id } of owned)
      kernel.timers[id] = { instance: made, slot: made.slots.findIndex((slot) => slot.timerId === id) };
    const { outlets = {}, channels = {}, events = {} } = made.shape;
    const ports = { out: Object.keys(outlets), tlm: Object.keys(channels), evr: [...Object.keys(events), 'reset'] };
    for (const [group, names] of Object.entries(ports))
      for (const each of names) made.ports.set(`${group}.${each}`, { name: `${name}.${each}`, edges: [] });
    kernel.instances.push(made);
    this.#byName.set(name, made);
  }

  #draw({ prefix, wires }: Section): void {
    const members = this.all.map(({ name }) => name).filter((name) => name.startsWith(prefix));
    for (const [group, each] of Object.entries(wires)) for (const draw of each) draw({ graph: this, group, members });
  }
}
