// The body of a request for a new association, CCSDS 355.1-B-1: the layout of its frames, its ciphers, its
// mask and its window. Channel and direction are not in it: those the mission manages for each SPI.
import type { Codec } from '../../../codec/codec.ts';
import { Cursor } from '../../../codec/cursor.ts';
import { header } from '../../../codec/header.ts';
import { ok, refuse } from '../../../codec/result.ts';
import { Writer } from '../../../codec/writer.ts';

export interface CreateBody {
  readonly spi: number;
  readonly encryption: boolean;
  readonly authentication: boolean;
  /** 0..63 */
  readonly ivOctets: number;
  /** 0..63 */
  readonly sequenceOctets: number;
  /** 0..3 */
  readonly padLengthOctets: number;
  readonly macOctets: number;
  readonly encryptionCipher: Uint8Array;
  readonly iv: Uint8Array;
  readonly authenticationCipher: Uint8Array;
  readonly mask: Uint8Array;
  readonly counter: Uint8Array;
  readonly window: Uint8Array;
}

const leading = header('layout of an association', [
  ['spi', 16],
  ['encryption', 1],
  ['authentication', 1],
  ['ivOctets', 6],
  ['sequenceOctets', 6],
  ['padLengthOctets', 2],
  ['macOctets', 8],
]);

const write = (body: CreateBody): Uint8Array => {
  const writer = new Writer().octets(
    leading.encode({
      spi: body.spi,
      encryption: body.encryption ? 1 : 0,
      authentication: body.authentication ? 1 : 0,
      ivOctets: body.ivOctets,
      sequenceOctets: body.sequenceOctets,
      padLengthOctets: body.padLengthOctets,
      macOctets: body.macOctets,
    }),
  );
  const short = (subject: string, octets: Uint8Array) =>
    writer.u8(octets.length, `octets of ${subject}`).octets(octets);
  short('encryption cipher', body.encryptionCipher);
  short('IV', body.iv);
  short('authentication cipher', body.authenticationCipher);
  writer.u16(body.mask.length, 'octets of mask').octets(body.mask);
  short('counter', body.counter);
  short('window', body.window);
  return writer.finish();
};

/** What the fields mean together is for the engine to judge. Refuses 'too short' and 'length mismatch'. */
export const createBody: Codec<CreateBody> = {
  name: 'create',
  encode: write,
  decode: (octets) => {
    const read = leading.decode(octets);
    if (!read.ok) return read;
    const { encryption, authentication, ...lengths } = read.value;
    const cursor = new Cursor(octets, leading.size);
    const short = () => cursor.octets(cursor.u8());
    const body: CreateBody = {
      ...lengths,
      encryption: encryption === 1,
      authentication: authentication === 1,
      encryptionCipher: short(),
      iv: short(),
      authenticationCipher: short(),
      mask: cursor.octets(cursor.u16()),
      counter: short(),
      window: short(),
    };
    if (cursor.short) return cursor.refusal();
    return cursor.left === 0 ? ok(body) : refuse('length mismatch', cursor.at);
  },
};
