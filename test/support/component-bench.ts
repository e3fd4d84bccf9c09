// One component alone on a kernel, with states frozen: messages in by inlet, what it sends, answers and tells as lists.
import type { Call, Reply } from '../../src/kernel/calls.ts';
import { type Component, component } from '../../src/kernel/component.ts';
import { declare, inlet, outlet, type Shape } from '../../src/kernel/declare.ts';
import { Graph, type GraphOptions } from '../../src/kernel/graph.ts';
import { commands, events, type Sample } from '../../src/kernel/patterns.ts';
import { type EventRecord, instance, type Setup, topology, type Wire } from '../../src/kernel/topology.ts';

const Caller = declare('Caller', {
  inlets: {
    ask: inlet<Call>({ depth: 64, full: 'fault' }),
    reply: inlet<Reply>({ depth: 64, full: 'fault' }),
    event: inlet<EventRecord>({ depth: 64, full: 'fault' }),
  },
  outlets: { call: outlet<Call>(), replied: outlet<Reply>(), told: outlet<EventRecord>() },
});
const caller = component(Caller, ({ in: i, sinks }) =>
  sinks({ out: { call: i.ask, replied: i.reply, told: i.event } }),
);

export const BASE = 0x0100;

/** More wires to the component alone, which is called `it`; other instances are not there. */
export const componentBench = <D extends Shape>(
  made: Component<D>,
  {
    wires = [],
    onFault = 'stop',
    ...setup
  }: Partial<Setup> & Pick<Partial<GraphOptions>, 'onFault'> & { readonly wires?: readonly Wire[] } = {},
) => {
  const page = topology(
    {
      it: instance(made as unknown as Component, { base: BASE, ...setup }),
      caller: instance(caller, { base: 0xf000 }),
    },
    (a) => ({ boring: [commands(a.caller.out.call, a.caller.in.reply), events(a.caller.in.event), ...wires] }),
  );
  const graph = new Graph(page, { seed: 'alone', freeze: true, onFault });
  const outputs = new Map<string, unknown[]>();
  for (const name of Object.keys(made.declared.shape.outlets ?? {})) {
    const values: unknown[] = [];
    outputs.set(name, values);
    graph.tap({ instance: 'it', group: 'out', port: name }, (value) => values.push(value));
  }
  const told: string[] = [];
  const eventArgs: unknown[] = [];
  graph.tap({ instance: 'caller', group: 'out', port: 'told' }, (record: EventRecord) => {
    told.push(record.event);
    eventArgs.push(record.args);
  });
  const outcomes: Reply['outcome'][] = [];
  graph.tap({ instance: 'caller', group: 'out', port: 'replied' }, ({ outcome }: Reply) => outcomes.push(outcome));
  graph.runUntil(0);
  let token = 0;
  const enter = (instanceName: string, port: string, payload: unknown): void => {
    graph.kernel.input({ time: graph.kernel.now + 1, instance: instanceName, port, payload });
    graph.runUntil(graph.kernel.now + 1);
  };
  return {
    graph,
    told,
    eventArgs,
    outcomes,
    /** Everything that left by an outlet so far. */
    out: <T>(name: string): T[] => outputs.get(name) as T[],
    send: (inletName: string, payload: unknown): void => enter('it', `in.${inletName}`, payload),
    call: (command: string, args: unknown = {}): void => {
      const declared = made.declared.shape.commands?.[command];
      if (declared === undefined) throw new Error(`expected a command, got ${command}`);
      enter('caller', 'in.ask', { opcode: BASE + declared.opcode, token: token++, args } satisfies Call);
    },
    value: (channel: string): unknown => graph.find('it').readings.get(channel)?.(),
    run: (us: number): void => graph.runUntil(graph.kernel.now + us),
  };
};

export const samplesOf = (values: Readonly<Record<number, unknown>>, ids: readonly number[]): Sample[] =>
  ids.map((channel) => ({ channel, value: values[channel] }));
