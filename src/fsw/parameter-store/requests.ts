// Requests for parameters, as pure steps: read and judged here, carried out by the kernel, answered after its reply.
// A request is carried out whole or not at all. Bound: as many at once as the commands may have open calls.
import { type ParameterSetting, parameterSettings, st20 } from '../../ccsds/pus/st20-parameters.ts';
import { decodeValue, measureValue } from '../../dictionary/decode.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { encodeValue } from '../../dictionary/encode.ts';
import { fixedOctets } from '../../dictionary/fields.ts';
import { idText } from '../../dictionary/names.ts';
import type { Outcome } from '../../kernel/declare.ts';
import { checkValue } from '../../kernel/field-value.ts';
import type { Step } from '../../kernel/machine.ts';
import type { ParamReply, ParamRequest } from '../../kernel/patterns.ts';
import type { EachType } from '../each-type.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

type Kind = 'get' | 'set';

interface UnderWay {
  readonly token: number;
  readonly kind: Kind;
  readonly call: number;
}

export interface Requests {
  readonly nextToken: number;
  readonly underWay: readonly UnderWay[];
  readonly reported: number;
  readonly set: number;
  readonly refused: number;
}

export type RequestAction =
  | { readonly type: 'request'; readonly request: ParamRequest }
  | { readonly type: 'report'; readonly message: TelemetryMessage }
  | EachType<Kind, { readonly call: number; readonly outcome: Outcome }>
  | { readonly type: 'wasSet'; readonly id: number };

type To = Step<Requests, RequestAction>;

const MOST_UNDER_WAY = 32;

export const firstRequests: Requests = { nextToken: 0, underWay: [], reported: 0, set: 0, refused: 0 };

const refuse = (state: Requests, kind: Kind, call: number, failed: string): To => [
  { ...state, refused: state.refused + 1 },
  { type: kind, call, outcome: { failed } },
];

const ask = (state: Requests, kind: Kind, call: number, what: Omit<ParamRequest, 'token'>): To => {
  const token = state.nextToken;
  const underWay = [...state.underWay, { token, kind, call }].slice(-MOST_UNDER_WAY);
  const next = { ...state, nextToken: (token + 1) % 2 ** 31, underWay };
  return [next, { type: 'request', request: { token, ...what } }];
};

type Params = Dictionary['params'];

const badValue = (params: Params, id: number): string => `bad parameter value: ${params.byId(id)?.name ?? idText(id)}`;

/** Settings that cannot be taken apart: an id that nobody has, octets that are no value of it, or cut or too long. */
const unreadable = (params: Params, octets: Uint8Array, reason: string, at: number): string => {
  if (reason !== 'unknown parameter') return `arguments ${reason}`;
  const id = (octets[at]! << 8) | octets[at + 1]!;
  return params.byId(id) === undefined ? `${reason}: ${idText(id)}` : badValue(params, id);
};

/** The steps over the dictionary, which knows the width and range of a value. */
export const parameterRequests = ({ params }: Dictionary) => {
  const settings = parameterSettings((id, octets, at) => {
    const entry = params.byId(id);
    // A value out of its range has a width all the same, so that its own reason comes out below.
    return entry === undefined ? -1 : (fixedOctets(entry.field) ?? measureValue(entry.field, octets, at));
  });

  /** TC(20,1). */
  const get = (state: Requests, call: number, ids: readonly number[]): To => {
    const unknown = ids.find((id) => params.byId(id) === undefined);
    if (unknown !== undefined) return refuse(state, 'get', call, `unknown parameter: ${idText(unknown)}`);
    return ask(state, 'get', call, { get: ids });
  };

  const readSetting = ({ id, value }: ParameterSetting): { readonly id: number; readonly value: unknown } | string => {
    const { field } = params.byId(id)!;
    const decoded = decodeValue(field, value);
    // What the kernel would refuse is refused here, before it has set what stands before it: NaN, which is no setting.
    if (!decoded.ok || checkValue(field, decoded.value) !== undefined) return badValue(params, id);
    return { id, value: decoded.value };
  };

  /** TC(20,3). */
  const set = (state: Requests, call: number, octets: Uint8Array): To => {
    const read = settings.decode(octets);
    if (!read.ok) return refuse(state, 'set', call, unreadable(params, octets, read.reason, read.at));
    const wanted: { id: number; value: unknown }[] = [];
    for (const setting of read.value) {
      const value = readSetting(setting);
      if (typeof value === 'string') return refuse(state, 'set', call, value);
      wanted.push(value);
    }
    return ask(state, 'set', call, { set: wanted });
  };

  const reportOf = (values: ParamReply['values']): TelemetryMessage => {
    const encoded = values.map(({ id, value }): ParameterSetting => {
      const octets = encodeValue(params.byId(id)!.field, value);
      return { id, value: octets.ok ? octets.value : new Uint8Array(0) };
    });
    return { service: 20, subtype: st20.report, data: settings.encode(encoded) };
  };

  /** The kernel has done what it was asked for, or said what it would not do. */
  const reply = (state: Requests, { token, values, refused }: ParamReply): To => {
    const found = state.underWay.find((each) => each.token === token);
    if (found === undefined) return [state];
    const { kind, call } = found;
    const left = { ...state, underWay: state.underWay.filter((each) => each !== found) };
    const wrong = refused[0];
    if (wrong !== undefined) return refuse(left, kind, call, badValue(params, wrong.id));
    const done = { type: kind, call, outcome: 'done' } as const;
    if (kind === 'set') {
      const told = values.map(({ id }) => ({ type: 'wasSet', id }) as const);
      return [{ ...left, set: left.set + values.length }, ...told, done];
    }
    const next = { ...left, reported: left.reported + values.length };
    return [next, { type: 'report', message: reportOf(values) }, done];
  };

  return { get, set, reply };
};
