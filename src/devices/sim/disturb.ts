// What a path does to one unit: which copies of it arrive, how late, and with which bits turned over. Pure but for the
// draws. A fault that is off draws nothing, so that runs without it stay what they were before it was known.
import type { LinkFaults, Outage } from '../../hal/space-link.ts';
import type { Random } from '../../kernel/random.ts';

export const clearPath: LinkFaults = {
  delayUs: 0,
  jitterUs: 0,
  lossRatio: 0,
  bitErrorRatio: 0,
  duplicationRatio: 0,
  reorderRatio: 0,
  reorderDelayUs: 0,
  mtuOctets: 65_535,
  outages: [],
};

export interface Copy {
  readonly delayUs: number;
  readonly octets: Uint8Array;
}

const happens = (random: Random, ratio: number): boolean => ratio > 0 && random.chance(ratio);

export const inOutage = (outages: readonly Outage[], nowUs: number): boolean =>
  outages.some(({ fromUs, toUs }) => nowUs >= fromUs && nowUs < toUs);

/** When the path next goes down or comes back after `nowUs`, or nothing when it stays as it is. */
export const nextOutageEdgeUs = (outages: readonly Outage[], nowUs: number): number | undefined => {
  let next: number | undefined;
  for (const { fromUs, toUs } of outages)
    for (const edgeUs of [fromUs, toUs]) if (edgeUs > nowUs && (next === undefined || edgeUs < next)) next = edgeUs;
  return next;
};

/** Turns bits over at the given ratio. The distance to the next error is drawn, not each bit: cost follows errors. */
export const withBitErrors = (octets: Uint8Array, ratio: number, random: Random): Uint8Array => {
  if (ratio <= 0) return octets;
  const turned = octets.slice();
  const bits = turned.length * 8;
  const scale = Math.log(1 - Math.min(ratio, 1 - 1e-9));
  const gap = (): number => Math.floor(Math.log(1 - random.uniform()) / scale);
  for (let bit = gap(); bit < bits; bit += 1 + gap()) turned[bit >> 3]! ^= 0x80 >> (bit & 7);
  return turned;
};

/** The copies of a unit that reach the far side: none when it is lost, two when it is duplicated. */
export const disturb = (octets: Uint8Array, faults: LinkFaults, nowUs: number, random: Random): readonly Copy[] => {
  if (octets.length > faults.mtuOctets || inOutage(faults.outages, nowUs)) return [];
  if (happens(random, faults.lossRatio)) return [];
  const count = happens(random, faults.duplicationRatio) ? 2 : 1;
  const copies: Copy[] = [];
  for (let i = 0; i < count; i++) {
    const jitterUs = faults.jitterUs > 0 ? random.below(faults.jitterUs + 1) : 0;
    const heldUs = happens(random, faults.reorderRatio) ? faults.reorderDelayUs : 0;
    const arrived = withBitErrors(octets, faults.bitErrorRatio, random);
    copies.push({ delayUs: faults.delayUs + jitterUs + heldUs, octets: arrived });
  }
  return copies;
};
