// A living graph as data, and as text: queues, losses, resets, load, open calls and the value of every channel. Reading
// changes nothing, so that a console may look as often as it likes.
import type { Graph } from './graph.ts';
import type { Instance } from './instance.ts';

export interface InletState {
  readonly port: string;
  readonly waiting: number;
  readonly highWater: number;
  readonly depth: number;
}

export interface InstanceState {
  readonly name: string;
  readonly component: string;
  readonly base: number;
  readonly waiting: number;
  /** Messages of its own that it could not send because a blocking inlet is full. */
  readonly heldBack: number;
  readonly resets: number;
  /** What the last reset was for, in full; empty without one. */
  readonly lastFault: string;
  /** The share of the run that went into service times, 0 to 1. */
  readonly load: number;
  readonly openCalls: readonly { readonly command: string; readonly token: number; readonly dueUs: number }[];
  readonly inlets: readonly InletState[];
  readonly channels: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  /** Outlets at which no wire starts: allowed, and to be seen. */
  readonly unwired: readonly string[];
}

export interface EdgeState {
  readonly group: string;
  readonly from: string;
  readonly to: string;
  readonly sent: number;
  readonly dropped: number;
}

export interface GraphState {
  readonly timeUs: number;
  readonly deliveries: number;
  readonly digest: string;
  readonly instances: readonly InstanceState[];
  readonly edges: readonly EdgeState[];
}

/** A reading that throws is a fault at the next sweep; whoever only looks is not to be hurt by it. */
const readOrUndefined = (read: () => unknown): unknown => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

const inspectInstance = (each: Instance, nowUs: number): InstanceState => ({
  name: each.name,
  component: each.seat.component.declared.name,
  base: each.seat.base,
  waiting: each.mailbox.length,
  heldBack: each.outbox.length,
  resets: each.resets,
  lastFault: each.lastFault,
  load: nowUs === 0 ? 0 : Math.min(1, each.servedUs / nowUs),
  openCalls: each.open.map(({ slot, token, dueUs }) => ({ command: each.slots[slot]!.name, token, dueUs })),
  inlets: each.slots.flatMap(({ kind, name, depth }, slot) => {
    const { used, highWater } = each.mailbox;
    return kind === 'in' || kind === 'cmd' || kind === 'out'
      ? [{ port: `${kind}.${name}`, waiting: used[slot]!, highWater: highWater[slot]!, depth }]
      : [];
  }),
  channels: Object.fromEntries([...each.readings].map(([name, read]) => [name, readOrUndefined(read)])),
  params: Object.fromEntries(Object.keys(each.shape.params ?? {}).map((name, at) => [name, each.params[at]])),
  unwired: Object.keys(each.shape.outlets ?? {}).filter((name) => {
    const { edges, route } = each.port('out', name);
    return edges.length === 0 && route === undefined;
  }),
});

export const inspect = ({ kernel, groups, all }: Graph): GraphState => ({
  timeUs: kernel.now,
  deliveries: kernel.deliveries,
  digest: kernel.digest.hex,
  instances: all.map((each) => inspectInstance(each, kernel.now)),
  edges: [...kernel.edges, ...kernel.outsideEdges()].map(({ id, from, target, slot, sent, dropped }) => ({
    group: groups[id] ?? 'outside',
    from,
    to: `${target.name}.${target.slots[slot]!.name}`,
    sent,
    dropped,
  })),
});

const plainText = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value instanceof Uint8Array ? `${value.length} octets` : String(value)}`)
    .join(' ');

/** One line an instance, then the edges that have lost something and the outlets that lead nowhere. */
export const inspectText = (state: GraphState): string => {
  const width = Math.max(...state.instances.map(({ name }) => name.length)) + 2;
  const lines = state.instances.map((each) => {
    const highest = Math.max(0, ...each.inlets.map(({ highWater }) => highWater));
    const counts = [
      `waiting ${each.waiting} (most ${highest})`,
      `held back ${each.heldBack}`,
      `resets ${each.resets}`,
      `load ${Math.round(each.load * 100)} %`,
      `open calls ${each.openCalls.length}`,
    ];
    return `${each.name.padEnd(width)}${counts.join(', ')}  ${plainText(each.channels)}`.trimEnd();
  });
  const lost = state.edges.filter(({ dropped }) => dropped > 0);
  return [
    `${(state.timeUs / 1e6).toFixed(6)} s, ${state.deliveries} deliveries, digest ${state.digest}`,
    ...lines,
    ...lost.map(({ from, to, sent, dropped }) => `dropped ${dropped} of ${sent}: ${from} -> ${to}`),
    ...state.instances.flatMap(({ name, unwired }) => unwired.map((port) => `leads nowhere: ${name}.${port}`)),
  ].join('\n');
};
