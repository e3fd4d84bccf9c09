// Whether the first octets are those of another kind of unit than was asked for: the sync marker of CADUs (CCSDS
// 131.0-B-5 9.3) or the start sequence of CLTUs (231.0-B-4). A hint only: frames may begin like that by chance.
import { toHex } from '../../codec/hex.ts';
import type { Finding } from './parameters.ts';

const beginnings = [
  { kind: 'cadu', octets: '1acffc1d', name: 'the sync marker' },
  { kind: 'cltu', octets: 'eb90', name: 'the start sequence of CLTUs' },
] as const;

export const kindHint = (octets: Uint8Array): Finding | undefined => {
  const first = toHex(octets.subarray(0, 4)).toLowerCase();
  const found = beginnings.find((beginning) => first.startsWith(beginning.octets));
  if (found === undefined) return undefined;
  const evidence = `the file begins with ${found.name} ${found.octets.toUpperCase()}: try --as ${found.kind}`;
  return { parameter: 'kind', value: `perhaps ${found.kind}`, evidence, guessed: true };
};
