// UTF-8 without the host's encoder: the same octets on every engine, and decoding that says no instead of replacing.

/** Octets of a text. A lone surrogate becomes the replacement character. */
export const encodeUtf8 = (text: string): Uint8Array => {
  const octets: number[] = [];
  for (const character of text) {
    const given = character.codePointAt(0)!;
    const code = given >= 0xd800 && given <= 0xdfff ? 0xfffd : given;
    if (code < 0x80) octets.push(code);
    else if (code < 0x800) octets.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) octets.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else octets.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(octets);
};

/** As much of a text, from its beginning, as so many octets hold: cut between two characters. */
export const clipUtf8 = (text: string, mostOctets: number): string => {
  let clipped = '';
  let octets = 0;
  for (const character of text) {
    octets += encodeUtf8(character).length;
    if (octets > mostOctets) break;
    clipped += character;
  }
  return clipped;
};

const SMALLEST: readonly number[] = [0, 0x80, 0x800, 0x10000];

/** The text of octets, or undefined when they are not UTF-8 in its shortest form. */
export const decodeUtf8 = (octets: Uint8Array): string | undefined => {
  let text = '';
  let at = 0;
  while (at < octets.length) {
    const first = octets[at++]!;
    const more = first < 0x80 ? 0 : first >> 5 === 6 ? 1 : first >> 4 === 14 ? 2 : first >> 3 === 30 ? 3 : -1;
    if (more < 0 || at + more > octets.length) return undefined;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let index = 0; index < more; index++) {
      const next = octets[at++]!;
      if (next >> 6 !== 2) return undefined;
      code = (code << 6) | (next & 63);
    }
    if (code < SMALLEST[more]! || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    text += String.fromCodePoint(code);
  }
  return text;
};
