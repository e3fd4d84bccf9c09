// The 32-bit check of USLP frames and Proximity-1: x^32 + x^23 + x^21 + x^11 + x^2 + 1, preset to zeros, not reflected,
// no final inversion (732.1-B-2 annex B, 211.2-B-3 annex C). Not the CRC-32 of Ethernet. Four octets a round.

const POLYNOMIAL = 0x00a00805;

const firstTable = (): Uint32Array => {
  const table = new Uint32Array(256);
  for (let octet = 0; octet < 256; octet++) {
    let register = octet << 24;
    for (let bit = 0; bit < 8; bit++) register = register < 0 ? (register << 1) ^ POLYNOMIAL : register << 1;
    table[octet] = register;
  }
  return table;
};

const later = (table: Uint32Array): Uint32Array =>
  table.map((_, octet) => (table[octet]! << 8) ^ T0[table[octet]! >>> 24]!);

const T0 = firstTable();
const T1 = later(T0);
const T2 = later(T1);
const T3 = later(T2);

/** The check of octets [start, end) as an unsigned number; 0 over a unit that ends with its own good check. */
export const crc32 = (octets: Uint8Array, start = 0, end = octets.length, initial = 0): number => {
  let register = initial | 0;
  let at = start;
  for (const last = end - 4; at <= last; at += 4)
    register =
      T3[(register >>> 24) ^ octets[at]!]! ^
      T2[((register >>> 16) & 0xff) ^ octets[at + 1]!]! ^
      T1[((register >>> 8) & 0xff) ^ octets[at + 2]!]! ^
      T0[(register & 0xff) ^ octets[at + 3]!]!;
  for (; at < end; at++) register = (register << 8) ^ T0[(register >>> 24) ^ octets[at]!]!;
  return register >>> 0;
};
