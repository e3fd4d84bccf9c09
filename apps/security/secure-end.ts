// One end of the link out of a description: keys become handles of a keyring, and what both ends call uplink and
// downlink becomes what this one sends and receives.
import { associationConflicts } from '../../src/ccsds/sdls/association-conflicts.ts';
import { operationalAssociation } from '../../src/ccsds/sdls/association-machine.ts';
import { type KeyedAssociation, type LinkSecurity, overheadOctets } from '../../src/ccsds/sdls/link-security.ts';
import {
  checkAssociation,
  cmacLayout,
  gcmLayout,
  type SecurityAssociation,
} from '../../src/ccsds/sdls/security-association.ts';
import { frameAlgorithms } from '../../src/crypto/frame-algorithms.ts';
import { Keyring } from '../../src/crypto/keyring.ts';
import { NonceGuard } from '../../src/crypto/nonce-guard.ts';
import { takeSecret } from '../../src/crypto/secret-key.ts';
import { nativeSuite } from '../../src/devices/real/native-suite.ts';
import { type DescribedAssociation, KeyFileError } from './key-file.ts';

export type End = 'orbiter' | 'ground';

const KEYS = 64;
/** Frames behind the newest of which each may still come once: more than FOP-1 holds, with expedited ones between. */
const UPLINK_DEPTH = 256;

const directionAt = (end: End, direction: DescribedAssociation['direction']): SecurityAssociation['direction'] =>
  (end === 'orbiter') === (direction === 'uplink') ? 'receive' : 'transmit';

const associationAt = (end: End, spacecraftId: number, described: DescribedAssociation): SecurityAssociation => {
  const { spi, direction, virtualChannel: virtualChannelId, map, service, mask, window } = described;
  const frame = direction === 'uplink' ? 'TC' : 'TM';
  return checkAssociation({
    ...(service === 'authentication' ? cmacLayout : gcmLayout),
    spi,
    direction: directionAt(end, direction),
    channel: { frame, spacecraftId, virtualChannelId, ...(map === undefined ? {} : { mapId: map }) },
    mask: mask === 'standard' ? 'standard' : 'all ones',
    // Between the first time and the repeat of a sequence-controlled frame others pass: telecommand comes out of order.
    replay: { window, depth: direction === 'uplink' ? UPLINK_DEPTH : 0 },
  });
};

/** A key of each direction: what an association has not asked for is not taken in. */
const keyringOf = (keys: ReadonlyMap<number, Uint8Array>, associations: readonly KeyedAssociation[]): Keyring => {
  const ring = new Keyring(KEYS);
  for (const { association, key } of associations) {
    // A copy in any case: `slice` of a Buffer is a view, and what the keyring takes is wiped where it came from.
    const octets = Uint8Array.from(keys.get(key.id)!);
    const added = ring.add(key.id, association.direction, takeSecret(octets));
    if (!added.ok && added.reason !== 'key id in use')
      throw new KeyFileError(`key ${key.id}: expected octets of its own, got ${added.reason}`);
    if (added.ok) ring.move(key.id, 'activate');
  }
  return ring;
};

/** Throws a KeyFileError for what may not stand together. The octets stay the caller's. */
export const secureEnd = (
  end: End,
  spacecraftId: number,
  described: readonly DescribedAssociation[],
  keys: ReadonlyMap<number, Uint8Array>,
): LinkSecurity => {
  const associations = described.map(
    (each): KeyedAssociation => ({
      association: associationAt(end, spacecraftId, each),
      key: { id: each.key, fixed: 0 },
      counter: each.counter,
    }),
  );
  const [conflict] = associationConflicts(
    associations.map(({ association, key }) => ({ association, state: operationalAssociation(association, key) })),
  );
  if (conflict !== undefined) throw new KeyFileError(conflict);
  const ring = keyringOf(keys, associations);
  const security = { associations, algorithmOf: frameAlgorithms(ring, nativeSuite), guard: new NonceGuard(KEYS) };
  for (const frame of ['TC', 'TM'] as const)
    try {
      overheadOctets(security, frame);
    } catch (error) {
      throw new KeyFileError(error instanceof RangeError ? error.message : 'associations: expected one overhead');
    }
  return security;
};
