// Dumps of units as text: one unit a line, two hexadecimal digits an octet, blanks between octets allowed. Told from
// binary files by their first octets; a line that is no hexadecimal is refused alone.
import { fromHex } from '../../codec/hex.ts';
import type { Result } from '../../codec/result.ts';

/** Octets of the file that are looked at to tell. */
const LOOKED_AT = 65_536;
/** A longer line is refused: 64 Ki octets are more than any unit has. */
const LONGEST_LINE = 4 * 65_536;

const isText = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x46) ||
  (code >= 0x61 && code <= 0x66) ||
  code === 0x20 ||
  code === 0x09 ||
  code === 0x0d ||
  code === 0x0a;

/** True for hexadecimal digits and white space alone, and at least 16 of them. */
export const looksLikeHexLines = (head: Uint8Array): boolean => {
  const length = Math.min(head.length, LOOKED_AT);
  if (length < 16) return false;
  for (let at = 0; at < length; at++) if (!isText(head[at]!)) return false;
  return true;
};

export type LineSink = (octets: Result<Uint8Array>) => void;

export class HexLines {
  readonly #sink: LineSink;
  #text = '';

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      this.#append(chunk, from, end);
      this.#line();
      from = end + 1;
    }
    this.#append(chunk, from, chunk.length);
  }

  #append(chunk: Uint8Array, from: number, end: number): void {
    if (this.#text.length > LONGEST_LINE) return;
    const parts: string[] = [this.#text];
    for (let at = from; at < end; at += 8192)
      parts.push(String.fromCharCode(...chunk.subarray(at, Math.min(end, at + 8192))));
    this.#text = parts.join('');
  }

  #line(): void {
    const text = this.#text.replace(/[ \t\r]+/g, '');
    this.#text = '';
    if (text.length === 0) return;
    if (text.length > LONGEST_LINE) this.#sink({ ok: false, reason: 'line too long', at: LONGEST_LINE });
    else this.#sink(fromHex(text));
  }

  /** The last line needs no line end. */
  end(): void {
    this.#line();
  }
}
