// Reads the values of the status bar out of a session's statistics.
import type { Session } from '../../src/ground/session.ts';
import type { HostPace } from './host-pace.ts';
import type { Status } from './status-line.ts';

/** On-board time against ground time, as the newest report showed it. */
export interface ClockSight {
  readonly onboardUs: number;
  readonly receivedUs: number;
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

export const gatherStatus = (session: Session, sight: ClockSight | undefined, host?: HostPace): Status => {
  const all = session.statistics();
  const nowUs = session.nowUs();
  const frames = count(all['downlink.framesAccepted']);
  return {
    link: String(all['station.linkState'] ?? 'unknown'),
    fopMode: String(all['uplink.mode'] ?? '?'),
    suspended: count(all['uplink.suspendState']) !== 0,
    vs: count(all['uplink.nextSequence']),
    nr: count(all['uplink.spacecraftExpects']),
    secured: all['uplink.linkSecurity'] === 'secured' && all['downlink.linkSecurity'] === 'secured',
    securityRefusals: count(all['downlink.securityRefusals']),
    lockout: all['uplink.lockout'] === true,
    wait: all['uplink.wait'] === true,
    retransmit: all['uplink.retransmit'] === true,
    controlWords: count(all['uplink.controlWords']),
    framesAccepted: frames,
    framesMissing: count(all['downlink.framesMissing']),
    onboardUs: sight === undefined ? undefined : sight.onboardUs + nowUs - sight.receivedUs,
    telemetryAgeUs: frames === 0 ? undefined : Math.max(0, nowUs - count(all['downlink.lastFrameUs'])),
    slippedUs: host?.slippedUs ?? 0,
    openCommands: count(all['verification.open']),
  };
};
