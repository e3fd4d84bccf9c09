import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { keyEvents, keyStates, nextKeyState } from '../../../src/crypto/key-states.ts';
import { Keyring } from '../../../src/crypto/keyring.ts';
import { takeSecret } from '../../../src/crypto/secret-key.ts';

const key = (octet: number) => takeSecret(new Uint8Array(32).fill(octet));

describe('the keyring', () => {
  it('gives out active keys only, and only for their purpose', () => {
    const ring = new Keyring(4);
    expect(ring.add(130, 'transmit', key(1))).toMatchObject({ ok: true, value: { state: 'preActive' } });
    expect(ring.use(130, 'transmit')).toMatchObject({ reason: 'key not active' });
    ring.move(130, 'activate');
    expect(ring.use(130, 'transmit')).toMatchObject({ ok: true });
    expect(ring.use(130, 'receive')).toMatchObject({ reason: 'wrong key purpose' });
    expect(ring.use(131, 'transmit')).toMatchObject({ reason: 'no such key' });
    ring.move(130, 'deactivate');
    expect(ring.use(130, 'transmit')).toMatchObject({ reason: 'key not active' });
  });

  it('overwrites what it destroys, and reports it until it is forgotten', () => {
    const ring = new Keyring(4);
    const secret = key(9);
    ring.add(200, 'receive', secret);
    for (const event of ['activate', 'deactivate'] as const) ring.move(200, event);
    expect(ring.forget(200)).toMatchObject({ reason: 'key not destroyed' });
    expect(ring.move(200, 'destroy')).toMatchObject({ value: { state: 'destroyed' } });
    expect(secret.wiped).toBe(true);
    expect(ring.inventory()).toMatchObject([{ id: 200, state: 'destroyed' }]);
    expect(ring.add(200, 'receive', key(8))).toMatchObject({ reason: 'key id in use' });
    ring.forget(200);
    expect(ring.size).toBe(0);
    expect(ring.forget(200)).toMatchObject({ reason: 'no such key' });
  });

  it('refuses the same octets under a second id, and more keys than it holds', () => {
    const ring = new Keyring(2);
    ring.add(1, 'master', key(1));
    expect(ring.add(2, 'transmit', key(1))).toMatchObject({ reason: 'key already held' });
    expect(ring.add(0x10000, 'transmit', key(2))).toMatchObject({ reason: 'bad key id' });
    ring.add(2, 'transmit', key(2));
    expect(ring.add(3, 'transmit', key(3))).toMatchObject({ reason: 'keyring full' });
  });

  it('lists ranges in the order of the ids', () => {
    const ring = new Keyring(8);
    for (const id of [300, 5, 20]) ring.add(id, 'receive', key(id));
    expect(ring.inventory(5, 20).map(({ id }) => id)).toEqual([5, 20]);
    expect(ring.inventory(20, 5)).toEqual([]);
  });

  it('overwrites everything at the end', () => {
    const ring = new Keyring(2);
    const secrets = [key(1), key(2)];
    secrets.forEach((secret, id) => {
      ring.add(id, 'seed', secret);
    });
    ring.zeroise();
    expect(secrets.map((secret) => secret.wiped)).toEqual([true, true]);
    expect(ring.size).toBe(0);
  });

  it('shows no key in the console or in JSON', () => {
    const ring = new Keyring(2);
    ring.add(1, 'master', key(0xab));
    const shown = inspect(ring, { showHidden: true, depth: 9 }) + JSON.stringify(ring.inventory());
    expect(shown).not.toMatch(/171|abab/);
  });
});

describe('the states of a key', () => {
  const allowed = {
    'preActive activate': 'active',
    'preActive destroy': 'destroyed',
    'preActive corrupt': 'corrupted',
    'active deactivate': 'deactivated',
    'active corrupt': 'corrupted',
    'deactivated destroy': 'destroyed',
    'deactivated corrupt': 'corrupted',
    'corrupted destroy': 'destroyed',
  } as Readonly<Record<string, string>>;

  it.each(keyStates.flatMap((state) => keyEvents.map((event) => [state, event] as const)))(
    '%s, %s: what the table says, or an illegal transition',
    (state, event) => {
      expect(nextKeyState(state, event)).toBe(allowed[`${state} ${event}`]);
    },
  );

  it('are refused as illegal by the keyring', () => {
    const ring = new Keyring(1);
    ring.add(1, 'receive', key(1));
    expect(ring.move(1, 'deactivate')).toMatchObject({ reason: 'illegal key transition' });
    expect(ring.move(2, 'activate')).toMatchObject({ reason: 'no such key' });
  });
});
