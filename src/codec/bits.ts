// Fields of 1 to 48 bits anywhere in octets, most significant bit first (bit 0 of CCSDS is the first one sent).

/** Bits [bitOffset, bitOffset + bits) as an unsigned integer. Bits past the end read as zeros. */
export const readBits = (octets: Uint8Array, bitOffset: number, bits: number): number => {
  let value = 0;
  let at = bitOffset;
  let left = bits;
  while (left > 0) {
    const inOctet = at & 7;
    const take = Math.min(8 - inOctet, left);
    const octet = octets[at >> 3] ?? 0;
    value = value * (1 << take) + ((octet >> (8 - inOctet - take)) & ((1 << take) - 1));
    at += take;
    left -= take;
  }
  return value;
};

/** Writes the low `bits` of an unsigned integer; other bits stay. Throws a RangeError when it does not fit. */
export const writeBits = (octets: Uint8Array, bitOffset: number, bits: number, value: number): void => {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits)
    throw new RangeError(`writeBits: expected an integer of ${bits} bits, got ${value}`);
  if (bitOffset + bits > octets.length * 8)
    throw new RangeError(`writeBits: expected room to bit ${bitOffset + bits}, got ${octets.length * 8} bits`);
  let end = bitOffset + bits;
  let rest = value;
  let left = bits;
  while (left > 0) {
    const used = end & 7 || 8;
    const take = Math.min(used, left);
    const shift = 8 - used;
    const mask = ((1 << take) - 1) << shift;
    const index = (end - 1) >> 3;
    octets[index] = (octets[index]! & ~mask) | (((rest % (1 << take)) << shift) & mask);
    rest = Math.floor(rest / (1 << take));
    end -= take;
    left -= take;
  }
};
