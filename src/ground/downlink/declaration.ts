// The receiving end on the ground: TM frames to packets, packets to telemetry, events, verification and time, by the
// dictionary. What cannot be taken is counted by reason and reported, and the next good unit is processed.
import { linkSecurityModes } from '../../ccsds/sdls/link-security.ts';
import { channel, declare, event, inlet, outlet, param } from '../../kernel/declare.ts';
import { enumOf, f64, text, u8, u32, u48 } from '../../kernel/field.ts';
import type { ReceivedFrame } from '../station/declaration.ts';
import type { CommandRecord } from '../verification/command-record.ts';
import type { VerificationReport } from '../verification/track.ts';
import type { EventReport, OtherReport, TelemetryReport, TimeCorrelation } from './reports.ts';

export const Downlink = declare('Downlink', {
  inlets: {
    frame: inlet<ReceivedFrame>({ depth: 256, full: 'dropNewest' }),
    /** Housekeeping structures that a command has created are known from then on. */
    command: inlet<CommandRecord>({ depth: 256, full: 'dropOldest' }),
  },
  outlets: {
    /** The operational control field of each good frame. */
    controlWord: outlet<number>(),
    telemetry: outlet<TelemetryReport>(),
    event: outlet<EventReport>(),
    verification: outlet<VerificationReport>(),
    report: outlet<OtherReport>(),
    time: outlet<TimeCorrelation>(),
  },
  params: { lightTimeUs: param(0, u48({ unit: 'us' }), 0) },
  events: {
    Refused: event(0, 'low', { reason: text(60), count: u32() }, 'refused on the downlink: {reason} ({count} so far)'),
    Gap: event(1, 'low', { channel: u8(), missing: u8() }, '{missing} frames are missing on virtual channel {channel}'),
    FirstFrame: event(2, 'info', { channel: u8() }, 'the first frame of virtual channel {channel} is in'),
  },
  channels: {
    framesAccepted: channel(0, u32()),
    framesIdle: channel(1, u32()),
    framesMissing: channel(2, u32()),
    refused: channel(3, u32()),
    packets: channel(4, u32()),
    lastFrameUs: channel(5, u48({ unit: 'us' })),
    onboardOffset: channel(6, f64({ unit: 's' })),
    linkSecurity: channel(7, enumOf(linkSecurityModes)),
    framesVerified: channel(8, u32()),
    securityRefusals: channel(9, u32()),
  },
});
