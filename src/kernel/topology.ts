// Who is aboard and what flows where: one page per spacecraft or station. How to read one:
//
//   topology({
//     rx:    instance(receiver, { base: 0x0100, takesUs: 150 }),   // a name, what it is, the base of its absolute ids
//     store: instance(store,    { base: 0x0200 }),                 // takesUs: a service time, so that depths bind
//   }, ({ rx, store }) => ({
//     uplink: [edge(rx.out.sdu, store.in.sdu)],                    // a group of wires: outlet -> inlet, types checked
//     fdir:   [edge(rx.tlm.mode, watch.in.mode)],                  // a channel that is pushed on change
//     boring: [commands(...), events(...), channels(...)],         // patterns: wires to all instances of this topology
//   })
//
// An edge between unlike ports, or to an instance that is not aboard, does not compile. Topologies compose: `compose`
// puts several on one kernel, each with its own ids and its own boring wires.
import type { Component } from './component.ts';
import type { Core } from './core.ts';
import type { Arguments, Payload, Severity, Shape } from './declare.ts';
import type { ValueOf } from './field.ts';
import type { Edge, Instance, Port, Seat } from './instance.ts';

export interface OutPort<T> {
  readonly instance: string;
  readonly group: 'out' | 'tlm' | 'evr';
  readonly port: string;
  readonly payload?: T | undefined;
}

export interface InPort<T> {
  readonly instance: string;
  readonly port: string;
  readonly accepts?: ((value: T) => void) | undefined;
}

export interface Ports<D extends Shape> {
  readonly in: { readonly [K in keyof D['inlets']]: InPort<Payload<D['inlets'][K]>> };
  readonly out: { readonly [K in keyof D['outlets']]: OutPort<Payload<D['outlets'][K]>> };
  /** A channel as an origin: each change is sent. */
  readonly tlm: {
    readonly [K in keyof D['channels']]: D['channels'][K] extends { readonly field: infer F }
      ? OutPort<ValueOf<F>>
      : never;
  };
  readonly evr: { readonly [K in keyof D['events']]: OutPort<EventRecord<Arguments<D['events'][K]>>> };
}

/** Of one event, as it arrives at the log. `id` is absolute. */
export interface EventRecord<A = unknown> {
  readonly instance: string;
  readonly event: string;
  readonly id: number;
  readonly severity: Severity;
  readonly args: A;
}

/** What an instance is given: absolute ids start at `base`; one service takes `takesUs`; `params` replace initials. */
export interface Setup {
  readonly base: number;
  readonly takesUs?: number;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface Placed<D extends Shape> extends Setup {
  readonly component: Component<D>;
}

export const instance = <D extends Shape>(component: Component<D>, setup: Setup): Placed<D> => ({
  component,
  ...setup,
});

/** What a wire may do with the graph that it is drawn into. */
export interface Wiring {
  readonly kernel: Pick<Core, 'now' | 'makeReady'>;
  find(instance: string): Instance;
  connect(from: OutPort<unknown>, to: InPort<never>, group: string): void;
  newEdge(from: string, sender: Instance | undefined, to: Instance, slot: number, group: string, back?: Port): Edge;
  /** What is done with the values of a port. One pattern a port. */
  route(from: OutPort<unknown>, route: (value: unknown) => void): void;
  /** Sends on behalf of the instance whose delivery is being committed. */
  send(edge: Edge, value: unknown): void;
}

/** The part of a graph that one topology describes: patterns wire these instances and no others. */
export interface Scope {
  readonly graph: Wiring;
  /** The group of the page in which the wire stands. */
  readonly group: string;
  /** Names of the instances, as the graph knows them. */
  readonly members: readonly string[];
}

export type Wire = (scope: Scope) => void;
export type Wires = Readonly<Record<string, readonly Wire[]>>;

type PortsOf<P> = P extends Placed<infer D> ? Ports<D> : never;
type AnyPlaced = Setup & { readonly component: { readonly declared: object } };
export type Instances = Readonly<Record<string, AnyPlaced>>;

/** Groups of wires and the prefix of the names that they are about. */
export interface Section {
  readonly prefix: string;
  readonly wires: Wires;
}

/** A topology whatever is aboard: what a graph is built from. */
export interface Topology {
  readonly instances: Readonly<Record<string, Seat>>;
  /** The wires, with every name behind the prefix of whatever this topology becomes a part of. */
  sections(prefix: string): readonly Section[];
  ports(prefix: string): object;
}

/** A topology that knows who is aboard. */
export interface Page<I extends Instances> extends Topology {
  /** The ports of its instances, for wires between composed topologies; `''` for this one alone. */
  ports(prefix: string): PortsOfAll<I>;
}

export type PortsOfAll<I> = { readonly [K in keyof I]: PortsOf<I[K]> };

const portsNamed = (name: string): Ports<Shape> => {
  const group = (group: string) => new Proxy({}, { get: (_, port) => ({ instance: name, group, port }) });
  return { in: group('in'), out: group('out'), tlm: group('tlm'), evr: group('evr') } as Ports<Shape>;
};

export const topology = <const I extends Instances>(instances: I, wires: (ports: PortsOfAll<I>) => Wires): Page<I> => {
  const ports = (prefix: string) =>
    Object.fromEntries(Object.keys(instances).map((name) => [name, portsNamed(prefix + name)])) as PortsOfAll<I>;
  return {
    instances: instances as unknown as Topology['instances'],
    ports,
    sections: (prefix) => [{ prefix, wires: wires(ports(prefix)) }],
  };
};

type PortsOfParts<P> = { readonly [K in keyof P]: P[K] extends { ports(prefix: string): infer Q } ? Q : never };

/** Several topologies as one; composed ones compose again. */
export interface Composed<P> extends Topology {
  ports(prefix: string): PortsOfParts<P>;
}

/** Several topologies on one kernel. Their instances are named `part/name`; `wires` joins them. */
export const compose = <const P extends Readonly<Record<string, Topology>>>(
  parts: P,
  wires: (ports: PortsOfParts<P>) => Wires = () => ({}),
): Composed<P> => {
  const all = Object.entries<Topology>(parts);
  const ports = (prefix: string) =>
    Object.fromEntries(all.map(([part, { ports }]) => [part, ports(`${prefix}${part}/`)])) as PortsOfParts<P>;
  return {
    instances: Object.fromEntries(
      all.flatMap(([part, { instances }]) =>
        Object.entries(instances).map(([name, seat]) => [`${part}/${name}`, seat] as const),
      ),
    ),
    ports,
    sections: (prefix) => [
      ...all.flatMap(([part, { sections }]) => sections(`${prefix}${part}/`)),
      { prefix, wires: wires(ports(prefix)) },
    ],
  };
};

/** What leaves `from` enters the mailbox of `to`. */
export const edge =
  <T>(from: OutPort<T>, to: InPort<NoInfer<T>>): Wire =>
  ({ graph, group }) =>
    graph.connect(from, to, group);
