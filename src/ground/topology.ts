// The ground: who is there, and what flows where. Its antenna's far side (`toSpace`, `fromSpace`) is left open: a
// socket, a simulated orbiter or a recording is joined to it by whoever composes, and so is the `status` of the link
// that counts.
import type { LinkSecurity } from '../ccsds/sdls/link-security.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import type { SpaceLink } from '../hal/space-link.ts';
import type { Component } from '../kernel/component.ts';
import { events } from '../kernel/patterns.ts';
import { edge, instance, topology } from '../kernel/topology.ts';
import { archive } from './archive/behaviour.ts';
import { desk } from './desk/behaviour.ts';
import { downlink } from './downlink/behaviour.ts';
import { station } from './station/behaviour.ts';
import { uplink } from './uplink/behaviour.ts';
import { commandEncoder } from './uplink/encode-command.ts';
import { verification } from './verification/behaviour.ts';

export interface GroundOptions {
  /** What the spacecraft can be asked and what it tells. */
  readonly dictionary: Dictionary;
  /** The path to the spacecraft as the station sees it: delay, losses. */
  readonly antenna: Component<(typeof SpaceLink)['shape']>;
  readonly spacecraftId: number;
  /** APID of the flight software. */
  readonly apid: number;
  readonly tmFrameOctets: number;
  /** One way. FOP-1, verification and time correlation reckon with it. */
  readonly lightTimeUs: number;
  /** Microseconds TAI since 1958 at the start of the run. */
  readonly epochUs: number;
  /** 0 is no limit. */
  readonly uplinkBitRateBps: number;
  /** K of FOP-1. */
  readonly windowWidth: number;
  /** What T1 of FOP-1 allows on top of the light time there and back: radiation, a telemetry frame, processing. */
  readonly answerMarginUs: number;
  /** How long after a report could have come it may take before its command is overdue. */
  readonly reportWithinUs: number;
  /** What the link brings: a frame each datagram, or a stream to be cut. */
  readonly units: 'datagram' | 'stream';
  /** Absent: clear mode, for a bench. */
  readonly security?: LinkSecurity | undefined;
}

/** Defaults of the mission, without what only a composition knows. */
export const groundDefaults = {
  spacecraftId: 42,
  apid: 101,
  tmFrameOctets: 1115,
  lightTimeUs: 0,
  uplinkBitRateBps: 0,
  windowWidth: 32,
  answerMarginUs: 3_000_000,
  reportWithinUs: 10_000_000,
  units: 'datagram',
} as const;

/** PW of the spacecraft's FARM-1: half its window of 128. */
const FARM_POSITIVE_WINDOW = 64;

const channelOf = ({ spacecraftId, apid, security }: GroundOptions) => ({
  security,
  spacecraftId,
  apid,
  virtualChannelId: 0,
  maximumFrameOctets: 1024,
  randomized: false,
  sourceId: 0,
});

const fopOf = ({ windowWidth, lightTimeUs, answerMarginUs }: GroundOptions) => ({
  windowWidth,
  windowMaximum: FARM_POSITIVE_WINDOW,
  timerInitialUs: 2 * lightTimeUs + answerMarginUs,
  transmissionLimit: 3,
  timeoutType: 0 as const,
});

export const groundTopology = (options: GroundOptions) => {
  const { dictionary, epochUs, lightTimeUs, reportWithinUs, spacecraftId, tmFrameOctets, uplinkBitRateBps } = options;
  const frames = { lengthOctets: tmFrameOctets, fecf: true, spacecraftId };
  const encode = commandEncoder(dictionary);
  const sender = uplink({ channel: channelOf(options), encode, fop: fopOf(options), startsItself: true });
  const receiver = downlink({ dictionary, frames, epochUs, security: options.security });
  const stream = { frameOctets: tmFrameOctets, spacecraftId };
  const antennaFeed = station(options.units === 'stream' ? { stream } : {});
  return topology(
    {
      antenna: instance(options.antenna, { base: 0x0100 }),
      station: instance(antennaFeed, { base: 0x0200, params: { bitRateBps: uplinkBitRateBps } }),
      uplink: instance(sender, { base: 0x0300 }),
      downlink: instance(receiver, { base: 0x0400, params: { lightTimeUs } }),
      verification: instance(verification, { base: 0x0500, params: { lightTimeUs, reportWithinUs } }),
      archive: instance(archive(), { base: 0x0600 }),
      desk: instance(desk, { base: 0x0700 }),
    },
    ({ antenna, station, uplink, downlink, verification, archive, desk }) => ({
      sky: [edge(station.out.transmit, antenna.in.transmit), edge(antenna.out.received, station.in.received)],
      uplink: [
        edge(desk.out.uplink, uplink.in.request),
        edge(uplink.out.cltu, station.in.cltu),
        edge(station.out.radiated, uplink.in.radiated),
        edge(station.out.refused, uplink.in.refused),
        edge(desk.out.loseNext, station.in.loseNext),
      ],
      downlink: [
        edge(station.out.frame, downlink.in.frame),
        edge(downlink.out.controlWord, uplink.in.controlWord),
        edge(downlink.out.verification, verification.in.report),
        edge(verification.out.record, downlink.in.command),
        edge(uplink.out.progress, verification.in.progress),
      ],
      archive: [
        edge(downlink.out.telemetry, archive.in.telemetry),
        edge(downlink.out.event, archive.in.event),
        edge(downlink.out.report, archive.in.report),
        edge(verification.out.record, archive.in.record),
        edge(desk.out.alert, archive.in.alert),
        edge(desk.out.query, archive.in.query),
      ],
      boring: [events(desk.in.event)],
    }),
  );
};
