// Event reporting, ECSS-E-ST-70-41C (PUS-C) 6.5: every event of every component comes here. See sdd.md.
import { channel, command, declare, event, inlet, outlet } from '../../kernel/declare.ts';
import { listOf, u8, u16, u32 } from '../../kernel/field.ts';
import type { EventRecord } from '../../kernel/topology.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

const MOST_IDS = 64;
const events = listOf({ event: u16({ idOf: 'event' }) }, MOST_IDS, { doc: 'absolute event ids' });

export const EventLog = declare('EventLog', {
  inlets: {
    event: inlet<EventRecord>({ depth: 1024, full: 'dropNewest' }),
    tick: inlet<number>({ depth: 1, full: 'block' }),
  },
  outlets: { report: outlet<TelemetryMessage>() },
  commands: {
    EnableReports: command(0, { events }, { standard: { service: 5, subtype: 5 }, doc: 'reports them again' }),
    DisableReports: command(1, { events }, { standard: { service: 5, subtype: 6 }, doc: 'counts them, and no more' }),
    ReportDisabled: command(2, {}, { standard: { service: 5, subtype: 7 }, doc: 'answered by TM(5,8)' }),
    RepeatLog: command(
      3,
      { count: u8({ min: 1, doc: 'newest entries' }) },
      { doc: 'reports them again, oldest first' },
    ),
  },
  events: {
    Suppressed: event(
      0,
      'low',
      { event: u16({ idOf: 'event', doc: 'absolute event id' }), count: u32() },
      'event {event} was held back {count} times',
      { throttle: { count: 32, windowUs: 10_000_000 } },
    ),
  },
  channels: {
    info: channel(0, u32({ doc: 'informative events seen' })),
    low: channel(1, u32({ doc: 'events of low severity seen' })),
    medium: channel(2, u32({ doc: 'events of medium severity seen' })),
    high: channel(3, u32({ doc: 'events of high severity seen' })),
    reported: channel(4, u32({ doc: 'reports sent' })),
    suppressed: channel(5, u32({ doc: 'held back by a throttle' })),
    disabled: channel(6, u32({ doc: 'held back because reporting is disabled' })),
    unknown: channel(7, u32({ doc: 'events that the dictionary does not hold, or with other arguments' })),
    logged: channel(8, u16({ doc: 'entries in the log' })),
    lastEvent: channel(9, u16({ idOf: 'event', doc: 'absolute id of the last one reported' })),
  },
});
