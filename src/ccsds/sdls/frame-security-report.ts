// The frame security report, CCSDS 355.1-B-1: 32 bits in the operational control field of the return link that tell
// what became of the last protected frame, and whether any was refused since the alarm was last reset.
import type { Codec } from '../../codec/codec.ts';
import { header } from '../../codec/header.ts';
import { ok, refuse } from '../../codec/result.ts';
import type { SecurityRefusal, Verified } from './verify-frame.ts';

export interface FrameSecurityReport {
  /** Some frame was refused since the alarm was reset. */
  readonly alarm: boolean;
  readonly badSequence: boolean;
  readonly badMac: boolean;
  readonly badAssociation: boolean;
  /** The SPI that the last frame named. */
  readonly spi: number;
  /** The low eight bits of the counter of the last frame that was accepted: nobody else can write here. */
  readonly sequence: number;
}

const layout = header('frame security report', [
  ['control word type', 1, 1],
  ['version', 3, 4],
  ['alarm', 1],
  ['badSequence', 1],
  ['badMac', 1],
  ['badAssociation', 1],
  ['spi', 16],
  ['sequence', 8],
]);

const flagNames = ['alarm', 'badSequence', 'badMac', 'badAssociation'] as const;

/** Four octets. Refuses 'length mismatch', 'bad control word type' (a CLCW) and 'bad version'. */
export const frameSecurityReport: Codec<FrameSecurityReport> = {
  name: 'frame security report',
  size: 4,
  encode: (report) => {
    const [alarm, badSequence, badMac, badAssociation] = flagNames.map((name) => (report[name] ? 1 : 0));
    return layout.encode({
      alarm: alarm!,
      badSequence: badSequence!,
      badMac: badMac!,
      badAssociation: badAssociation!,
      spi: report.spi,
      sequence: report.sequence,
    });
  },
  decode: (octets) => {
    if (octets.length !== layout.size) return refuse('length mismatch', octets.length);
    const read = layout.decode(octets);
    if (!read.ok) return read;
    const { alarm, badSequence, badMac, badAssociation, spi, sequence } = read.value;
    return ok({
      alarm: alarm === 1,
      badSequence: badSequence === 1,
      badMac: badMac === 1,
      badAssociation: badAssociation === 1,
      spi,
      sequence,
    });
  },
};

export const noSecurityReport: FrameSecurityReport = {
  alarm: false,
  badSequence: false,
  badMac: false,
  badAssociation: false,
  spi: 0,
  sequence: 0,
};

const sequenceReasons: readonly string[] = [
  'wrong IV',
  'counter exhausted',
  'replay ahead',
  'replay behind',
  'replay duplicate',
];

/** Whether the frame was for link security to judge: what its codec refused says nothing, nor do control frames. */
export const concernsSecurity = (refusal: SecurityRefusal): boolean =>
  refusal.spi !== undefined || refusal.reason === 'no security header';

/** The report after one more frame. Flags tell of this frame alone, the alarm stays until it is reset. */
export const reportAfter = (
  report: FrameSecurityReport,
  outcome: Verified<unknown> | SecurityRefusal,
): FrameSecurityReport => {
  if (outcome.ok)
    return { ...noSecurityReport, alarm: report.alarm, spi: outcome.spi, sequence: outcome.counter % 256 };
  if (!concernsSecurity(outcome)) return report;
  const badSequence = sequenceReasons.includes(outcome.reason);
  const badMac = outcome.reason === 'bad MAC';
  return {
    alarm: true,
    badSequence,
    badMac,
    badAssociation: !badSequence && !badMac,
    spi: outcome.spi ?? 0,
    sequence: report.sequence,
  };
};

/** All flags clear; SPI and counter stay. */
export const alarmReset = ({ spi, sequence }: FrameSecurityReport): FrameSecurityReport => ({
  ...noSecurityReport,
  spi,
  sequence,
});
