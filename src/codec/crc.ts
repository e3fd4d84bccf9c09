// The cyclic redundancy check of CCSDS frames and PUS packets: CRC-16, x^16 + x^12 + x^5 + 1, preset to ones, not
// reflected, no final inversion (132.0-B-3 4.1.6, 232.0-B-4 4.1.4, ECSS-E-ST-70-41C annex B). Eight octets a round.
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

/** The same octet, one zero octet later. */
const later = (table: Uint16Array): Uint16Array =>
  table.map((_, octet) => (table[octet]! << 8) ^ T0[table[octet]! >>> 8]!);

const T0 = firstTable();
const T1 = later(T0);
const T2 = later(T1);
const T3 = later(T2);
const T4 = later(T3);
const T5 = later(T4);
const T6 = later(T5);
const T7 = later(T6);

/** The check of octets [start, end), 0..0xffff. `initial` continues an earlier part. Reads nothing outside the array. */
export const crc16 = (octets: Uint8Array, start = 0, end = octets.length, initial = 0xffff): number => {
  let register = initial;
  let at = start;
  for (const last = end - 8; at <= last; at += 8)
    register =
      T7[(register >>> 8) ^ octets[at]!]! ^
      T6[(register & 0xff) ^ octets[at + 1]!]! ^
      T5[octets[at + 2]!]! ^
      T4[octets[at + 3]!]! ^
      T3[octets[at + 4]!]! ^
      T2[octets[at + 5]!]! ^
      T1[octets[at + 6]!]! ^
      T0[octets[at + 7]!]!;
  for (; at < end; at++) register = ((register << 8) & 0xffff) ^ T0[(register >>> 8) ^ octets[at]!]!;
  return register;
};

/** Writes the check of everything before the last two octets into them. */
export const sealCrc16 = (octets: Uint8Array, start = 0, end = octets.length): void => {
  const check = crc16(octets, start, end - 2);
  octets[end - 2] = check >>> 8;
  octets[end - 1] = check & 0xff;
};
