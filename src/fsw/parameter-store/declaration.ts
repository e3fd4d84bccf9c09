// Parameter management, ECSS-E-ST-70-41C (PUS-C) 6.20: parameters of any component by id. See sdd.md.
import { channel, command, declare, event, inlet, outlet } from '../../kernel/declare.ts';
import { listOf, rest, u16, u32 } from '../../kernel/field.ts';
import type { ParamReply, ParamRequest } from '../../kernel/patterns.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

const MOST_IN_A_REQUEST = 64;
const answering = { withinUs: 1_000_000, concurrent: 8 } as const;

export const ParameterStore = declare('ParameterStore', {
  inlets: { reply: inlet<ParamReply>({ depth: 16, full: 'dropNewest' }) },
  outlets: { request: outlet<ParamRequest>(), report: outlet<TelemetryMessage>() },
  commands: {
    ReportParameters: command(
      0,
      { parameters: listOf({ id: u16({ idOf: 'param' }) }, MOST_IN_A_REQUEST) },
      { ...answering, standard: { service: 20, subtype: 1 }, doc: 'answered by TM(20,2)' },
    ),
    SetParameters: command(
      1,
      { settings: rest({ holds: 'settings', doc: 'N, then N times id (u16) and value' }) },
      { ...answering, standard: { service: 20, subtype: 3 }, doc: 'sets all of them or none' },
    ),
  },
  events: {
    ParameterSet: event(0, 'info', { id: u16({ idOf: 'param', doc: 'absolute id' }) }, 'parameter {id} set'),
  },
  channels: {
    reported: channel(0, u32({ doc: 'values reported' })),
    set: channel(1, u32({ doc: 'values set' })),
    refused: channel(2, u32({ doc: 'requests refused' })),
    underWay: channel(3, u16({ doc: 'requests not answered yet' })),
  },
});
