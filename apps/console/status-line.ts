// The bar above the prompt: what an operator looks at first. Short words on a narrow terminal, longer ones on a wide
// one.
import type { Style } from './style.ts';
import { toWidth } from './text-width.ts';
import { onboardText, spanText } from './time-text.ts';

/** What the bar shows, gathered from the session. */
export interface Status {
  readonly link: string;
  readonly fopMode: string;
  readonly suspended: boolean;
  /** False: a bench in clear mode. */
  readonly secured: boolean;
  /** Frames of the downlink that link security has refused. */
  readonly securityRefusals: number;
  readonly vs: number;
  /** V(R) as the last CLCW told it. */
  readonly nr: number;
  readonly lockout: boolean;
  readonly wait: boolean;
  readonly retransmit: boolean;
  readonly controlWords: number;
  readonly framesAccepted: number;
  readonly framesMissing: number;
  /** On-board time as it should be now, in microseconds TAI since 1958; undefined before the first report. */
  readonly onboardUs: number | undefined;
  /** Since the last good frame; undefined before the first. */
  readonly telemetryAgeUs: number | undefined;
  readonly openCommands: number;
  /** Time of the run that the host has given up. */
  readonly slippedUs: number;
}

const modeWords: Readonly<Record<string, readonly [short: string, long: string]>> = {
  active: ['active', 'active'],
  retransmitWithoutWait: ['repeat', 'retransmitting'],
  retransmitWithWait: ['repeat+wait', 'retransmitting, waiting'],
  initialisingWithoutBc: ['starting', 'starting with CLCW check'],
  initialisingWithBc: ['starting', 'starting with BC frame'],
  initial: ['off', 'not open'],
};

const wide = 120;

/** Telemetry that is older than this is told as a matter of concern. */
const STALE_US = 5_000_000;

const farmText = ({ lockout, wait, retransmit, controlWords }: Status, style: Style): string => {
  if (controlWords === 0) return 'FARM ?';
  const flags = [lockout && 'LOCKOUT', wait && 'WAIT', retransmit && 'REPEAT'].filter((flag) => flag !== false);
  if (flags.length === 0) return 'FARM ok';
  const text = `FARM ${flags.join(' ')}`;
  return lockout ? style.bad(text) : text;
};

/** That the link is up shows in that it is known to be clear or secured; there is room for one of them only. */
const linkText = ({ link, secured, securityRefusals }: Status, long: boolean, style: Style): string => {
  if (link !== 'up') return style.bad(`link ${link}`);
  const up = long ? 'link up, ' : '';
  if (!secured) return `${up}${style.bad(long ? 'in clear mode' : 'clear')}`;
  return securityRefusals === 0 ? `${up}secured` : `${up}secured, ${style.bad(`${securityRefusals} refused`)}`;
};

/** One row of exactly `width` columns. */
export const statusLine = (status: Status, width: number, style: Style): string => {
  const long = width >= wide;
  const pick = (short: string, full: string): string => (long ? full : short);
  const [short, full] = modeWords[status.fopMode] ?? [status.fopMode, status.fopMode];
  const fop = status.suspended ? style.bad('FOP SUSPENDED') : `FOP ${pick(short, full)}`;
  const age = status.telemetryAgeUs;
  const ageText = age === undefined ? pick('no TM', 'no telemetry yet') : `TM ${spanText(age)}${long ? ' ago' : ''}`;
  const parts = [
    linkText(status, long, style),
    fop,
    pick(`S${status.vs} R${status.nr}`, `V(S) ${status.vs} V(R) ${status.nr}`),
    farmText(status, style),
    pick(`${status.framesAccepted} frames`, `frames ${status.framesAccepted}`),
    ...(status.framesMissing > 0 ? [style.bad(`${status.framesMissing} lost`)] : long ? ['none lost'] : []),
    ...(status.slippedUs > 0 ? [style.bad(`${pick('slip', 'host gave up')} ${spanText(status.slippedUs)}`)] : []),
    ...(status.openCommands > 0 ? [pick(`${status.openCommands} open`, `commands open ${status.openCommands}`)] : []),
    status.onboardUs === undefined
      ? pick('OBT ?', 'on-board time ?')
      : pick(onboardText(status.onboardUs), `on board ${onboardText(status.onboardUs, true)} UTC`),
    age !== undefined && age > STALE_US ? style.bad(ageText) : ageText,
  ];
  return style.bar(toWidth(` ${parts.join(long ? '   ' : '  ')}`, width));
};
