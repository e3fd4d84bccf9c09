// The cyclic redundancy check of CCSDS frames and PUS packets: CRC-16, x^16 + x^12 + x^5 + 1, preset to ones, not
// reflected, no final inversion (132.0-B-3 4.1.6, 232.0-B-4 4.1.4, ECSS-E-ST-70-41C annex B). Sixteen octets a round.
// Over a unit that ends with its own good check the result is 0.

const POLYNOMIAL = 0x1021;

const firstTable = (): Uint16Array => {
  const table = new Uint16Array(256);
  for (let octet = 0; octet < 256; octet++) {
    let register = octet << 8;
    for (let bit = 0; bit < 8; bit++) register = register & 0x8000 ? (register << 1) ^ POLYNOMIAL : register << 1;
    table[octet] = register;
  }
  return table;
};

/** Table k holds, at 256 k, the register that an octet leaves k octets later: 8 KiB, which stay in the first cache. */
const tables = ((): Uint16Array => {
  const all = new Uint16Array(16 * 256);
  const first = firstTable();
  all.set(first);
  for (let at = 256; at < all.length; at++) all[at] = (all[at - 256]! << 8) ^ first[all[at - 256]! >>> 8]!;
  return all;
})();

/**
 * The check of octets [start, end), 0..0xffff. `initial` continues an earlier part. Reads nothing outside the array.
 */
export const crc16 = (octets: Uint8Array, start = 0, end = octets.length, initial = 0xffff): number => {
  const t = tables;
  let register = initial;
  let at = start;
  for (const last = end - 16; at <= last; at += 16)
    register =
      t[0xf00 | ((register >>> 8) ^ octets[at]!)]! ^
      t[0xe00 | ((register & 0xff) ^ octets[at + 1]!)]! ^
      t[0xd00 | octets[at + 2]!]! ^
      t[0xc00 | octets[at + 3]!]! ^
      t[0xb00 | octets[at + 4]!]! ^
      t[0xa00 | octets[at + 5]!]! ^
      t[0x900 | octets[at + 6]!]! ^
      t[0x800 | octets[at + 7]!]! ^
      t[0x700 | octets[at + 8]!]! ^
      t[0x600 | octets[at + 9]!]! ^
      t[0x500 | octets[at + 10]!]! ^
      t[0x400 | octets[at + 11]!]! ^
      t[0x300 | octets[at + 12]!]! ^
      t[0x200 | octets[at + 13]!]! ^
      t[0x100 | octets[at + 14]!]! ^
      t[octets[at + 15]!]!;
  for (; at < end; at++) register = ((register << 8) & 0xffff) ^ t[(register >>> 8) ^ octets[at]!]!;
  return register;
};

/** Writes the check of everything before the last two octets into them. */
export const sealCrc16 = (octets: Uint8Array, start = 0, end = octets.length): void => {
  const check = crc16(octets, start, end - 2);
  octets[end - 2] = check >>> 8;
  octets[end - 1] = check & 0xff;
};
