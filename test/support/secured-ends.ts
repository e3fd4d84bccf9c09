// Both ends of a secured link under test keys, as the program makes them of a key file.
import { type DescribedAssociation, parseKeyFile } from '../../apps/security/key-file.ts';
import { missionChannels } from '../../apps/security/read-keys.ts';
import { type End, secureEnd } from '../../apps/security/secure-end.ts';
import type { LinkSecurity } from '../../src/ccsds/sdls/link-security.ts';
import { toHex } from '../../src/codec/hex.ts';

/** By id: 1 commands, 2 packets, 3 idle frames, 4 segments. */
export const testKey = (id: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, at) => (at * 11 + id * 53) & 255);

const ids = [1, 2, 3, 4];

/** The text of a key file; changes go to all associations. */
export const keyFileText = (changes: Partial<DescribedAssociation> = {}): string =>
  JSON.stringify({
    keys: ids.map((id) => ({ id, hex: toHex(testKey(id)) })),
    associations: [
      { spi: 1, direction: 'uplink', virtualChannel: 0, key: 1, ...changes },
      { spi: 2, direction: 'downlink', virtualChannel: 0, key: 2, ...changes },
      { spi: 3, direction: 'downlink', virtualChannel: 7, key: 3, ...changes },
      { spi: 4, direction: 'uplink', virtualChannel: 1, key: 4, ...changes },
    ],
  });

/** One end; `keyOf` gives other keys than the other end has. */
export const securedEnd = (
  end: End,
  changes: Partial<DescribedAssociation> = {},
  keyOf: (id: number) => Uint8Array = testKey,
): LinkSecurity => {
  const { associations, keys } = parseKeyFile(keyFileText(changes), missionChannels);
  return secureEnd(end, 42, associations, new Map(keys.map(({ id }) => [id, keyOf(id)])));
};

/** Every form in which a test key could show itself in text. */
export const keyTraces: readonly string[] = ids.flatMap((id) => {
  const octets = testKey(id);
  return [toHex(octets), [...octets].join(','), Buffer.from(octets).toString('base64').slice(0, 40)];
});

export const holdsKey = (octets: Uint8Array): boolean =>
  ids.some((id) => Buffer.from(octets).includes(Buffer.from(testKey(id))));
