// The TC randomiser, CCSDS 231.0-B-4 section 6: x^8 + x^6 + x^4 + x^3 + x^2 + x + 1, all ones at the start of every
// CLTU, added to the frames before the BCH code. It begins FF 39 9E 5A 68 E9 06 F5 and repeats after 255 octets.

const PERIOD_OCTETS = 255;

const sequence = ((): Uint8Array => {
  const octets = new Uint8Array(PERIOD_OCTETS);
  let register = 0xff;
  for (let bit = 0; bit < PERIOD_OCTETS * 8; bit++) {
    octets[bit >> 3] = (octets[bit >> 3]! << 1) | (register >>> 7);
    const taps = register & 0b1111_1010;
    let next = taps ^ (taps >>> 4);
    next ^= next >>> 2;
    next ^= next >>> 1;
    register = ((register << 1) & 0xff) | (next & 1);
  }
  return octets;
})();

/** Adds the sequence to octets [start, end) in place: the same call randomises and undoes it. */
export const randomizeTc = (octets: Uint8Array, start = 0, end = octets.length): void => {
  for (let at = start, phase = 0; at < end; at++) {
    octets[at] = octets[at]! ^ sequence[phase]!;
    if (++phase === PERIOD_OCTETS) phase = 0;
  }
};
