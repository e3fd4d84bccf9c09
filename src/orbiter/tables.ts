// The numbers of the mission: identifiers, virtual channels, limits, windows, housekeeping structures.
// Whoever talks to this orbiter needs the first two groups; the rest is its own business.
import type { StructureEntry } from '../dictionary/dictionary.ts';
import type { MultiplexerOptions } from '../fsw/frame-multiplexer/multiplexing.ts';
import type { ReceptionOptions } from '../fsw/tc-receiver/reception.ts';
import { refusalNames } from '../fsw/tc-receiver/refusals.ts';

export const SPACECRAFT_ID = 42;

export const apids = { time: 0, flightSoftware: 101, idle: 2047 } as const;

/** The uplink: CCSDS 231.0-B-4, 232.0-B-4, 232.1-B-2. */
export const uplink: ReceptionOptions = {
  spacecraftId: SPACECRAFT_ID,
  virtualChannels: [
    { id: 0, segmented: false },
    { id: 1, segmented: true },
  ],
  window: { positive: 64, negative: 64 },
  buffers: 32,
  maximumUnitOctets: 4096,
  units: 'datagram',
  bch: 'SEC',
  randomized: false,
};

/** The downlink: CCSDS 132.0-B-3. Virtual channel 1 is kept for playback. */
export const downlink: MultiplexerOptions = {
  spacecraftId: SPACECRAFT_ID,
  frameOctets: 1115,
  packetChannel: 0,
  idleChannel: 7,
  framesPerTick: 8,
  queuePackets: 4096,
  queueOctets: 1 << 20,
  clcwCycle: [0, 0, 0, 1],
  rateExponent: 4,
  longestTimeGapUs: 10_000_000,
};

/** The date at power-on unless the caller sets another: 2026-01-01 TAI, in microseconds since 1958-01-01 TAI. */
export const DEFAULT_EPOCH_US = 2_145_916_800 * 1_000_000;

/** Periods of the three rate groups. Housekeeping counts its intervals in ticks of the first. */
export const periodsUs = { rateTenHz: 100_000, rateOneHz: 1_000_000, rateTenthHz: 10_000_000 } as const;

/** Source data of one telemetry packet. */
export const MAXIMUM_DATA_OCTETS = 1024;

export const dispatcher = { mostOpen: 128, marginUs: 1_000_000 } as const;

/** What one packet or reply costs the dispatcher: from it, back-pressure on FARM-1 follows. */
export const DISPATCHER_TAKES_US = 20;

export const LOG_ENTRIES = 64;
export const MOST_STRUCTURES = 32;

const farm = ['Mode', 'Vr', 'FarmB', 'Lockout', 'Wait', 'Retransmit', 'Buffers', 'Accepted'];

const of = (instance: string, ...channels: readonly string[]): readonly string[] =>
  channels.map((channel) => `${instance}.${channel}`);

/** Housekeeping that the orbiter sends from power-on. */
export const structures: readonly StructureEntry[] = [
  {
    sid: 1,
    name: 'commanding',
    intervalTenths: 10,
    channels: [
      ...of('timekeeper', 'onBoardTime'),
      ...of('tcReceiver', 'linkUp', 'cltus', 'correctedBits', 'framesAccepted', 'framesRejected', 'packets'),
      ...of('tcReceiver', ...farm.map((name) => `vc0${name}`), ...farm.map((name) => `vc1${name}`)),
      ...of('dispatcher', 'received', 'accepted', 'refused', 'notStarted', 'completed', 'failed', 'open', 'lastOpcode'),
    ],
  },
  {
    sid: 2,
    name: 'platform',
    intervalTenths: 50,
    channels: [
      ...of('timekeeper', 'onBoardTime', 'rate', 'readings', 'jumps', 'timePackets'),
      ...['rateTenHz', 'rateOneHz', 'rateTenthHz'].flatMap((group) => of(group, 'cycles', 'slips', 'missed')),
      ...of('health', 'rounds', 'answers', 'late', 'missing', 'worstLatency'),
      ...of('eventLog', 'info', 'low', 'medium', 'high', 'reported', 'suppressed', 'disabled', 'logged'),
      ...of('housekeeping', 'structures', 'enabled', 'sweeps', 'reports', 'unreportable'),
      ...of('parameters', 'reported', 'set', 'refused'),
      ...of('packetizer', 'packets', 'tooLong'),
      ...of('frames', 'frames', 'idleFrames', 'packets', 'waitingPackets', 'waitingOctets', 'dropped'),
    ],
  },
  {
    sid: 3,
    name: 'refusals',
    intervalTenths: 100,
    channels: of('tcReceiver', 'cutUnits', 'linkDropped', ...refusalNames),
  },
  {
    sid: 4,
    name: 'linkSecurity',
    intervalTenths: 10,
    channels: [
      ...of('tcReceiver', 'linkSecurity', 'framesVerified', 'securityRefusals', 'highestCounter'),
      ...of('tcReceiver', 'securityAlarm', 'badSequence', 'badMacFlag', 'badAssociation', 'lastSpi', 'lastCounter'),
      ...of('frames', 'sealed', 'notSealed'),
    ],
  },
];
