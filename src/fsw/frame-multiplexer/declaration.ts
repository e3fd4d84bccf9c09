// Puts packets into the frames of the downlink. See sdd.md.
import { channel, command, declare, event, inlet, outlet } from '../../kernel/declare.ts';
import { text, u8, u16, u32 } from '../../kernel/field.ts';
import type { ClcwReport } from '../clcw-report.ts';
import type { TimeMark } from '../time-mark.ts';

/** PUS-C 8.9: the rate of time reports is a power of two, 2^8 at most. */
export const MOST_RATE_EXPONENT = 8;

export const FrameMultiplexer = declare('FrameMultiplexer', {
  inlets: {
    packet: inlet<Uint8Array>({ depth: 4096, full: 'dropNewest' }),
    clcw: inlet<ClcwReport>({ depth: 16, full: 'dropOldest' }),
    tick: inlet<number>({ depth: 1, full: 'block' }),
  },
  outlets: { frame: outlet<Uint8Array>(), mark: outlet<TimeMark>() },
  commands: {
    SetTimeReportRate: command(
      0,
      { exponent: u8({ max: MOST_RATE_EXPONENT, doc: 'a time report every 2^exponent frames' }) },
      { standard: { service: 9, subtype: 1 }, doc: 'sets how often time packets come' },
    ),
  },
  events: {
    NotSealed: event(0, 'high', { reason: text(40) }, 'a frame could not be protected and was not sent: {reason}'),
  },
  channels: {
    frames: channel(0, u32({ doc: 'frames sent' })),
    idleFrames: channel(1, u32({ doc: 'of these, frames of idle data' })),
    masterCount: channel(2, u8({ doc: 'master channel count of the next frame' })),
    packets: channel(3, u32({ doc: 'packets taken' })),
    waitingPackets: channel(4, u16()),
    waitingOctets: channel(5, u32({ unit: 'octet' })),
    dropped: channel(6, u32({ doc: 'packets for which the queue had no room' })),
    timeRate: channel(7, u8({ doc: 'exponent of the rate of time reports' })),
    sealed: channel(8, u32({ doc: 'frames that link security has protected' })),
    notSealed: channel(9, u32({ doc: 'frames that could not be protected and were not sent' })),
  },
});
