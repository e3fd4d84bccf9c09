// From telecommand packets to calls of components, with every stage told to the sender. See sdd.md.
import type { Call, Reply } from '../../kernel/calls.ts';
import { channel, command, declare, event, inlet, outlet, timer } from '../../kernel/declare.ts';
import { text, u16, u32 } from '../../kernel/field.ts';
import type { ReceivedPacket, ReleasedBuffer } from '../received-packet.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

export const CommandDispatcher = declare('CommandDispatcher', {
  inlets: {
    packet: inlet<ReceivedPacket>({ depth: 4096, full: 'dropNewest' }),
    reply: inlet<Reply>({ depth: 256, full: 'dropNewest' }),
    mode: inlet<string>({ depth: 1, full: 'latest' }),
  },
  outlets: { call: outlet<Call>(), report: outlet<TelemetryMessage>(), released: outlet<ReleasedBuffer>() },
  commands: {
    // Its calls wait here behind the packets of a burst: as many as can come in one.
    Noop: command(0, {}, { withinUs: 1_000_000, concurrent: 128, doc: 'does nothing, for a test of the whole way' }),
  },
  events: {
    NoAuthorisation: event(0, 'info', {}, 'no authorisation rule: every command that the link lets in is permitted'),
    Refused: event(1, 'low', { reason: text(64) }, 'request refused: {reason}'),
    NoAnswer: event(
      2,
      'medium',
      { opcode: u16({ idOf: 'command' }) },
      'command {opcode} has not been answered in time',
    ),
  },
  channels: {
    received: channel(0, u32({ doc: 'packets taken' })),
    accepted: channel(1, u32()),
    refused: channel(2, u32({ doc: 'not accepted or not routed' })),
    notStarted: channel(3, u32({ doc: 'accepted and refused by the authorisation rule' })),
    completed: channel(4, u32()),
    failed: channel(5, u32({ doc: 'completed with a failure' })),
    open: channel(6, u16({ doc: 'commands under way' })),
    strayReplies: channel(7, u32({ doc: 'replies to no command that is open' })),
    noops: channel(8, u32()),
    lastOpcode: channel(9, u16({ idOf: 'command' })),
  },
  timers: { deadline: timer() },
});
