// Do units follow each other as frames of one channel do? Versions, spacecraft and counts of headers are looked at,
// nothing else: this tells a frame length, a randomiser or a frame type from a wrong one.
import type { FrameKind } from './parameters.ts';

interface Header {
  readonly spacecraft: number;
  /** Who counts: spacecraft for TM (the master channel), spacecraft and virtual channel for the others. */
  readonly counter: number;
  readonly count: number;
  readonly modulus: number;
}

/** The six octets or more of a header. Undefined: the version is not that of the kind. */
const headerOf = (kind: FrameKind, h: Uint8Array): Header | undefined => {
  const first = h[0]!;
  const second = h[1]!;
  if (kind === 'tm') {
    if (first >> 6 !== 0) return undefined;
    const spacecraft = (first << 4) | (second >> 4);
    return { spacecraft, counter: spacecraft, count: h[2]!, modulus: 256 };
  }
  if (kind === 'aos') {
    if (first >> 6 !== 1) return undefined;
    const counter = (first << 8) | second;
    return { spacecraft: counter >> 6, counter, count: (h[2]! << 16) | (h[3]! << 8) | h[4]!, modulus: 1 << 24 };
  }
  if (first >> 4 !== 12) return undefined;
  const counter = ((first & 15) << 17) | (second << 9) | (h[2]! << 1) | (h[3]! >> 7);
  return { spacecraft: counter >> 5, counter, count: 0, modulus: 1 };
};

/** A count may step on by so much and still be taken for the same recording, gaps and all. */
const LARGEST_STEP: Readonly<Record<FrameKind, number>> = { tm: 64, aos: 65_536, uslp: 0 };

export interface HeaderRun {
  readonly units: number;
  /** Units whose header follows the one before it of the same counter. */
  readonly following: number;
  /** Units that repeat the unit before them, octet for octet. */
  readonly repeating: number;
  /** The spacecraft of the first unit is that of another unit too: a file begins with a unit. */
  readonly anchored: boolean;
  /** Units with the spacecraft of the first one, itself included. */
  readonly alike: number;
  /** The share of units that follow, repeat or open a channel: 0 to 1. */
  readonly share: number;
}

export interface UnitSource {
  readonly units: number;
  /** The first six octets of a unit at least, as they are after derandomising. The array may be used again. */
  header(unit: number): Uint8Array;
  /** Whether a unit repeats the one before it. */
  repeats(unit: number): boolean;
}

/** What the first unit of another channel counts: it follows none, and only its spacecraft speaks for it. */
const OPENING = 0.9;

/** Units that may repeat each other before one follows: a file of nothing but fill repeats for ever. */
const MOST_REPEATS_FIRST = 24;

/** Gives up early when the first units do not follow each other at all. */
export const headerRun = (kind: FrameKind, source: UnitSource): HeaderRun => {
  const last = new Map<number, number>();
  let following = 0;
  let repeating = 0;
  let units = 0;
  let spacecraft = -1;
  let alike = 0;
  let openings = 0;
  for (; units < source.units; units++) {
    if (following === 0 && (units === MOST_REPEATS_FIRST || (units === 8 && repeating === 0))) break;
    const header = headerOf(kind, source.header(units));
    if (header === undefined) continue;
    if (units === 0) spacecraft = header.spacecraft;
    if (header.spacecraft === spacecraft) alike++;
    const before = last.get(header.counter);
    last.set(header.counter, header.count);
    if (before === undefined) {
      if (header.spacecraft === spacecraft && units > 0) openings++;
      continue;
    }
    const step = (header.count - before + header.modulus) % header.modulus;
    if (kind === 'uslp' || (step > 0 && step <= LARGEST_STEP[kind])) following++;
    else if (step === 0 && source.repeats(units)) repeating++;
  }
  // A frame that comes twice repeats once; fill within frames repeats more often.
  const repeats = Math.min(repeating, following + 1);
  const share = following === 0 ? 0 : (following + repeats + OPENING * openings) / Math.max(1, units - 1);
  return { units, following, repeating, anchored: alike > 1, alike, share };
};

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, at) => octet === b[at]);

/** Units that are already cut. */
export const cutUnits = (units: readonly Uint8Array[]): UnitSource => ({
  units: units.length,
  header: (unit) => (units[unit]!.length < 6 ? new Uint8Array(6).fill(0x80) : units[unit]!),
  repeats: (unit) => unit > 0 && same(units[unit]!, units[unit - 1]!),
});
