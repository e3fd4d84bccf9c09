// Makes telemetry packets of what components report. See sdd.md.
import { channel, declare, inlet, outlet } from '../../kernel/declare.ts';
import { u16, u32 } from '../../kernel/field.ts';
import type { ClockState } from '../clock-state.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

export const TelemetryPacketizer = declare('TelemetryPacketizer', {
  inlets: {
    message: inlet<TelemetryMessage>({ depth: 4096, full: 'dropNewest' }),
    clock: inlet<ClockState>({ depth: 1, full: 'latest' }),
  },
  outlets: { packet: outlet<Uint8Array>() },
  channels: {
    packets: channel(0, u32({ doc: 'packets made' })),
    sequenceCount: channel(1, u16({ doc: 'of the next packet' })),
    messageTypes: channel(2, u16({ doc: 'kinds of report seen' })),
    tooLong: channel(3, u32({ doc: 'messages that no packet can hold' })),
  },
});
