// Housekeeping reports, ECSS-E-ST-70-41C (PUS-C) 6.3: channels of any component, in structures that the ground may
// define. See sdd.md.
import { channel, command, declare, event, inlet, outlet } from '../../kernel/declare.ts';
import { listOf, u16, u32 } from '../../kernel/field.ts';
import type { Sample } from '../../kernel/patterns.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

const MOST_IN_A_REQUEST = 32;
const sid = u16({ idOf: 'structure', doc: 'structure id' });
const newSid = u16({ doc: 'structure id' });
const interval = u16({ unit: '100 ms', min: 1, doc: 'collection interval' });
const structures = listOf({ sid }, MOST_IN_A_REQUEST);
const of = (subtype: number, doc: string) => ({ standard: { service: 3, subtype }, doc });

export const Housekeeping = declare('Housekeeping', {
  inlets: {
    tick: inlet<number>({ depth: 1, full: 'block' }),
    samples: inlet<readonly Sample[]>({ depth: 64, full: 'dropOldest' }),
  },
  outlets: { sweep: outlet<readonly number[]>(), report: outlet<TelemetryMessage>() },
  commands: {
    Create: command(
      0,
      { sid: newSid, interval, channels: listOf({ channel: u16({ idOf: 'channel', doc: 'absolute id' }) }, 255) },
      of(1, 'defines a structure, disabled at first'),
    ),
    Delete: command(1, { structures }, of(3, 'forgets structures that are disabled')),
    Enable: command(2, { structures }, of(5, 'reports them at their intervals')),
    Disable: command(3, { structures }, of(6, 'reports them on request only')),
    ReportStructures: command(4, { structures }, of(9, 'answered by TM(3,10)')),
    OneShot: command(5, { structures }, of(27, 'answered by TM(3,25)')),
    SetInterval: command(
      6,
      { settings: listOf({ sid, interval }, MOST_IN_A_REQUEST) },
      of(31, 'sets intervals, counted from now'),
    ),
  },
  events: {
    Unreportable: event(
      0,
      'low',
      { sid, channel: u16({ idOf: 'channel' }) },
      'structure {sid}: channel {channel} has no value that fits',
    ),
  },
  channels: {
    structures: channel(0, u16({ doc: 'structures defined' })),
    enabled: channel(1, u16({ doc: 'of these, reported by themselves' })),
    sweeps: channel(2, u32({ doc: 'times that channels were read' })),
    reports: channel(3, u32()),
    unreportable: channel(4, u32({ doc: 'reports left out because a value did not fit its field' })),
  },
});
