// Judgement at the end of a file: which APIDs have packet checks, and which speak PUS. Both are optional in space
// packets, so that they are decided from all packets of an APID together; the evidence is told in words.
import type { ApidAccount } from './apid-account.ts';
import type { PusStandard, PusTally } from './pus-tally.ts';
import type { ApidCounts, ApidNote } from './report.ts';

/**
 * By chance one packet in 65536 seems to end with a good check. One in 64 is out of reach of chance, and still few
 * enough to believe in checks on a link that damages most packets.
 */
const hasChecks = (packets: number, good: number): boolean => good > packets / 64;

/** In this place a time field has 65536 seconds a unit: standard and private services are years apart. */
const LARGEST_SPREAD = 100;
/** So many packets of an APID without one good check have none, whatever others have. */
const SURELY_NONE = 8;

interface Judged {
  readonly account: ApidAccount;
  readonly standard: PusStandard | undefined;
  readonly why: string;
  /** Points for and against: 2 are enough alone, none are needed beside an APID of the same standard that has 2. */
  readonly points: number;
}

const counterPoints = ({ standard, counter, returns }: PusTally): number => {
  const { steps, stands, jumps } = counter;
  const moves = steps + jumps;
  if (standard === 'PUS-A') return returns === 0 && jumps >= 8 && jumps > 9 * (steps + stands) ? -2 : 0;
  if (jumps >= 3 && jumps > moves / 2) return -2;
  return steps >= 2 && steps >= 0.8 * (moves + stands) ? 1 : 0;
};

/** Seconds only grow: a header whose services and subtypes return to smaller ones is no time field. */
const comesAndGoes = ({ returns, matching }: PusTally): boolean => returns >= 3 && returns > matching / 64;

const standsStill = ({ counter }: PusTally): boolean =>
  counter.stands >= 8 && counter.stands > 8 * (counter.steps + counter.jumps);

/** Weighs the tally of one standard against the packets with a secondary header. */
const weigh = (account: ApidAccount, tally: PusTally): Judged => {
  const { packets, good } = account.checks(true);
  if (tally.matching === 0 || tally.matching < 0.9 * packets || tally.scattered)
    return { account, standard: undefined, why: 'secondary header is not PUS', points: 0 };
  const words: string[] = [`version in ${tally.matching} of ${packets} secondary headers`];
  let points = counterPoints(tally);
  if (points > 0) words.push('message counters step on');
  if (points < 0) words.push('what follows the subtype jumps as time fields do');
  if (hasChecks(packets, good)) {
    points += 1;
    words.push('packet checks are good');
  }
  const apart = tally.usual > 0 && tally.spread > LARGEST_SPREAD;
  if (tally.usual > tally.matching / 2 || apart) {
    points += 1;
    words.push(apart ? 'standard and private services mixed' : 'services and subtypes are standard ones');
    if (tally.kinds().length >= 3 && counterPoints(tally) >= 0) points += 1;
  } else points -= 1;
  if (comesAndGoes(tally)) {
    points += 1;
    words.push('services come and go');
  }
  if (standsStill(tally)) {
    points += 1;
    words.push('what follows the subtype stands still, as no seconds do');
  }
  return { account, standard: tally.standard, why: words.join(', '), points };
};

const better = (account: ApidAccount): Judged => {
  const c = weigh(account, account.pusC);
  const a = weigh(account, account.pusA);
  return a.points > c.points ? a : c;
};

const servicesOf = (tally: PusTally): Record<string, number> =>
  Object.fromEntries(tally.kinds().map(({ service, subtype, count }) => [`${service},${subtype}`, count]));

interface Checks {
  readonly good: number;
  readonly bad: number;
  readonly evidence: string;
}

/** Packets of one APID with and without secondary header are judged apart: time reports have no check beside others. */
const checksOf = (account: ApidAccount, pus: boolean, pusHasChecks: boolean): Checks => {
  let good = 0;
  let bad = 0;
  const words: string[] = [];
  for (const header of [true, false]) {
    const tally = account.checks(header);
    if (tally.packets === 0) continue;
    const others = header && pus && pusHasChecks && (tally.good > 0 || tally.packets < SURELY_NONE);
    const where = header ? 'with' : 'without';
    if (!others && !hasChecks(tally.packets, tally.good)) {
      words.push(
        `${tally.good} of ${tally.packets} packets ${where} secondary header agree with CRC-16: they have none`,
      );
      continue;
    }
    good += tally.good;
    bad += tally.packets - tally.good;
    words.push(`${tally.good} of ${tally.packets} packets ${where} secondary header agree with CRC-16`);
  }
  return { good, bad, evidence: words.join('; ') };
};

export interface Judgement {
  readonly apids: readonly ApidCounts[];
  readonly notes: readonly ApidNote[];
}

/** The rows of the report for all APIDs, one account each. */
export const judgePackets = (accounts: readonly ApidAccount[]): Judgement => {
  const judged = accounts.map(better);
  const sure = new Set(judged.filter((j) => j.points >= 2).map((j) => j.standard));
  const apids: ApidCounts[] = [];
  const notes: ApidNote[] = [];
  const isPus = (j: Judged): boolean =>
    j.standard !== undefined && (j.points >= 2 || (j.points >= 0 && sure.has(j.standard)));
  const pusChecks = judged.filter(isPus).map((j) => j.account.checks(true));
  const total = pusChecks.reduce((sum, tally) => sum + tally.packets, 0);
  const pusHasChecks = hasChecks(
    total,
    pusChecks.reduce((sum, tally) => sum + tally.good, 0),
  );
  for (const j of judged) {
    const { account } = j;
    const pus = isPus(j);
    const checks = checksOf(account, pus, pusHasChecks);
    const { apid, count, octets, gaps, first, last } = account;
    const services = pus ? servicesOf(j.standard === 'PUS-C' ? account.pusC : account.pusA) : {};
    apids.push({ apid, count, octets, gaps, crcGood: checks.good, crcBad: checks.bad, services, first, last });
    const standard = pus && j.standard !== undefined ? j.standard : 'no PUS';
    notes.push({
      apid,
      standard,
      evidence: account.checks(true).packets > 0 ? j.why : 'no secondary header',
      crcEvidence: checks.evidence,
    });
  }
  return { apids, notes };
};
