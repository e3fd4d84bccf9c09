// The boring wires: every instance of a topology to one log, one dispatcher, one packetizer, one health monitor, one
// parameter desk. Each is a function over the scope of its topology. An inlet that takes answers may not hold senders
// back (`block`), or a component could be kept from answering.
import type { Call, Reply } from './calls.ts';
import type { PingMark } from './delivery.ts';
import { checkValue } from './field-value.ts';
import { type Instance, PING, type Port } from './instance.ts';
import type { EventRecord, InPort, OutPort, Scope, Wire } from './topology.ts';

const members = ({ graph, members: names }: Scope): Instance[] => names.map((name) => graph.find(name));

/** A port whose values all go to one inlet; drops there are put down to the pattern. */
const answers = ({ graph, group }: Scope, from: string, to: InPort<never>): Port => {
  const target = graph.find(to.instance);
  const slot = target.slot('in', to.port);
  if (target.slots[slot]!.full === 'block')
    throw new Error(`${from} -> ${to.instance}.${to.port}: expected an inlet that does not block, got one that does`);
  return { name: from, edges: [graph.newEdge(from, undefined, target, slot, group)] };
};

const sendTo = ({ graph }: Scope, port: Port, value: unknown): void => {
  for (const each of port.edges) graph.send(each, value);
};

/** Every event of every instance, and every reset, to the log. */
export const events =
  (log: InPort<EventRecord>): Wire =>
  (scope) => {
    for (const { name, shape } of members(scope))
      for (const port of [...Object.keys(shape.events ?? {}), 'reset'])
        scope.graph.connect({ instance: name, group: 'evr', port }, log, scope.group);
  };

/** A call finds its command by absolute opcode; its one outcome comes back with the token of the call. */
export const commands =
  (dispatch: OutPort<Call>, replies: InPort<Reply>): Wire =>
  (scope) => {
    const { graph, group } = scope;
    const from = `${dispatch.instance}.commands`;
    const back = answers(scope, from, replies as InPort<never>);
    const caller = graph.find(dispatch.instance);
    const byOpcode = new Map(
      members(scope).flatMap((each) =>
        each.slots.flatMap(({ command }, slot) =>
          command ? [[each.seat.base + command.opcode, graph.newEdge(from, caller, each, slot, group, back)]] : [],
        ),
      ) as [number, ReturnType<typeof graph.newEdge>][],
    );
    graph.route(dispatch, (value) => {
      const call = value as Call;
      const found = byOpcode.get(call.opcode);
      if (found) graph.send(found, call);
      else {
        const reply: Reply = { token: call.token, opcode: call.opcode, outcome: { failed: 'unknown opcode' } };
        sendTo(scope, back, reply);
      }
    });
  };

export interface Sample {
  /** Absolute. */
  readonly channel: number;
  readonly value: unknown;
}

/**
 * On a sweep the channels are read and come back as one message: in between telemetry costs nothing. A sweep that is a
 * list of absolute ids reads these, in its order and without the unknown ones; any other reads all. A reading that
 * throws is a fault of its instance, and stands in no sample.
 */
export const channels =
  (sweep: OutPort<unknown>, samples: InPort<readonly Sample[]>): Wire =>
  (scope) => {
    const { graph } = scope;
    const back = answers(scope, `${sweep.instance}.channels`, samples as InPort<never>);
    const declared = members(scope).flatMap((each) =>
      Object.entries(each.shape.channels ?? {}).map(([name, { id }]) => [each.seat.base + id, { each, name }] as const),
    );
    const byId = new Map(declared);
    const ids = declared.map(([id]) => id);
    const sampled = (channel: number): Sample[] => {
      const found = byId.get(channel);
      if (!found) return [];
      const { each, name } = found;
      try {
        return [{ channel, value: each.readings.get(name)?.() }];
      } catch (error) {
        each.fault(error);
        graph.kernel.makeReady(each);
        return [];
      }
    };
    graph.route(sweep, (value) => sendTo(scope, back, (Array.isArray(value) ? value : ids).flatMap(sampled)));
  };

/** An answer to a ping, or at the next ping the word that the last one still waits (`answered: false`). */
export interface Pong {
  readonly instance: string;
  /** The base of the instance. */
  readonly id: number;
  /** Counted from 1 by the pattern. */
  readonly round: number;
  readonly answered: boolean;
  /** From ping to answer, or up to now. */
  readonly latencyUs: number;
}

/**
 * On a ping every instance is pinged through its mailbox, behind its work. Whoever has not answered by then is told.
 */
export const health =
  (ping: OutPort<unknown>, pongs: InPort<Pong>): Wire =>
  (scope) => {
    const { graph, group } = scope;
    const from = `${ping.instance}.health`;
    const back = answers(scope, from, pongs as InPort<never>);
    const edges = members(scope).map((each) => graph.newEdge(from, undefined, each, PING, group, back));
    graph.route(ping, () => {
      for (const each of edges) {
        const { target } = each;
        const waits = target.mailbox.all().find(({ slot, edge }) => slot === PING && edge === each.id);
        const sentUs = graph.kernel.now;
        const round = each.sent + 1;
        const mark: PingMark = { round, sentUs };
        if (waits === undefined) graph.send(each, mark);
        else {
          const old = waits.payload as PingMark;
          const { name, seat } = target;
          const latencyUs = sentUs - old.sentUs;
          const late: Pong = { instance: name, id: seat.base, round: old.round, answered: false, latencyUs };
          sendTo(scope, back, late);
        }
      }
    });
  };

export interface ParamRequest {
  readonly token: number;
  /** Absolute ids. */
  readonly get?: readonly number[];
  readonly set?: readonly { readonly id: number; readonly value: unknown }[];
}

export interface ParamReply {
  readonly token: number;
  /** Of those asked for and of those set, in the order of the request. */
  readonly values: readonly { readonly id: number; readonly value: unknown }[];
  readonly refused: readonly { readonly id: number; readonly reason: string }[];
}

/**
 * Parameters are kernel state: set here, they are what `param.x()` gives from the next delivery on, also after a reset.
 */
export const params =
  (requests: OutPort<ParamRequest>, replies: InPort<ParamReply>): Wire =>
  (scope) => {
    const { graph } = scope;
    const back = answers(scope, `${requests.instance}.params`, replies as InPort<never>);
    const byId = new Map(
      members(scope).flatMap((each) =>
        Object.values(each.shape.params ?? {}).map(
          ({ id, field }, at) => [each.seat.base + id, { values: each.params, at, field }] as const,
        ),
      ),
    );
    graph.route(requests, (value) => {
      const { token, get = [], set = [] } = value as ParamRequest;
      const refused: { id: number; reason: string }[] = [];
      const values: { id: number; value: unknown }[] = [];
      for (const { id, value: wanted } of [...get.map((id) => ({ id, value: undefined })), ...set]) {
        const found = byId.get(id);
        const setting = values.length + refused.length >= get.length;
        const reason = !found ? 'unknown parameter' : setting ? checkValue(found.field, wanted) : undefined;
        if (!found || reason !== undefined) {
          refused.push({ id, reason: reason ?? 'unknown parameter' });
          continue;
        }
        if (setting) found.values[found.at] = wanted;
        values.push({ id, value: found.values[found.at] });
      }
      const reply: ParamReply = { token, values, refused };
      sendTo(scope, back, reply);
    });
  };
