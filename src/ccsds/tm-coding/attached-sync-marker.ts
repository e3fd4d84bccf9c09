// Attached sync marker of uncoded, convolutional, Reed-Solomon and concatenated telemetry: 1ACFFC1D, CCSDS 131.0-B-5
// clause 9.3. Found at any bit, with bit errors allowed, upright or inverted (a demodulator cannot know the sign).
// Left out: the longer markers of turbo and LDPC codes and the embedded marker (9.4).

export const attachedSyncMarker: Uint8Array = Uint8Array.of(0x1a, 0xcf, 0xfc, 0x1d);
export const markerBits = 32;
const markerWord = 0x1acffc1d;

const bitsSet = (word: number): number => {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
};

/** Bits by which the 32 bits from `bit` on differ from the marker: 0 is the marker, 32 its inverse. */
export const markerDistance = (octets: Uint8Array, bit: number): number => {
  const at = Math.floor(bit / 8);
  const shift = bit & 7;
  const word = (octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!;
  const aligned = shift === 0 ? word : (word << shift) | (octets[at + 4]! >>> (8 - shift));
  return bitsSet(aligned ^ markerWord);
};

export interface MarkerMatch {
  /** Bit offset of the marker's first bit. */
  readonly bit: number;
  /** Bits of the marker that were wrong. */
  readonly errors: number;
  readonly inverted: boolean;
}

/** The match at exactly `bit`, or undefined if more than `errors` bits differ from the marker and from its inverse. */
export const markerAt = (octets: Uint8Array, bit: number, errors: number): MarkerMatch | undefined => {
  const distance = markerDistance(octets, bit);
  if (distance <= errors) return { bit, errors: distance, inverted: false };
  if (distance >= markerBits - errors) return { bit, errors: markerBits - distance, inverted: true };
  return undefined;
};

const isMarker = (word: number): boolean => word === markerWord || word === ~markerWord;

/** Whether an unspoilt marker starts at one of the eight bits of the first octet of `word`, which `next` follows. */
const startsInOctet = (word: number, next: number): boolean =>
  isMarker(word) ||
  isMarker((word << 1) | (next >>> 7)) ||
  isMarker((word << 2) | (next >>> 6)) ||
  isMarker((word << 3) | (next >>> 5)) ||
  isMarker((word << 4) | (next >>> 4)) ||
  isMarker((word << 5) | (next >>> 3)) ||
  isMarker((word << 6) | (next >>> 2)) ||
  isMarker((word << 7) | (next >>> 1));

/** The first marker that starts in the bits [fromBit, toBit); all 32 bits after each of them must be in `octets`. */
export const findMarker = (
  octets: Uint8Array,
  fromBit: number,
  toBit: number,
  errors: number,
): MarkerMatch | undefined => {
  let at = fromBit >>> 3;
  let word = (octets[at]! << 24) | (octets[at + 1]! << 16) | (octets[at + 2]! << 8) | octets[at + 3]!;
  for (; at * 8 < toBit; at++) {
    const next = at + 4 < octets.length ? octets[at + 4]! : 0;
    if (errors > 0 || startsInOctet(word, next)) {
      const last = Math.min(toBit, (at + 1) * 8);
      for (let bit = Math.max(fromBit, at * 8); bit < last; bit++) {
        const shift = bit & 7;
        const distance = bitsSet(((word << shift) | (next >>> (8 - shift))) ^ markerWord);
        if (distance <= errors || distance >= markerBits - errors) return markerAt(octets, bit, errors);
      }
    }
    word = (word << 8) | next;
  }
  return undefined;
};
