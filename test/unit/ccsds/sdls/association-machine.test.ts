import { describe, expect, it } from 'vitest';
import { associationConflicts } from '../../../../src/ccsds/sdls/association-conflicts.ts';
import {
  type AssociationEvent,
  type AssociationMode,
  associationMachine,
  associationModes,
  noAssociation,
  operationalAssociation,
} from '../../../../src/ccsds/sdls/association-machine.ts';
import {
  checkAssociation,
  cmacLayout,
  gcmLayout,
  type SecurityAssociation,
  securityHeaderOctets,
  securityOverheadOctets,
} from '../../../../src/ccsds/sdls/security-association.ts';
import { visitMachine } from '../../../support/visit-machine.ts';

const channel = { frame: 'TC', spacecraftId: 42, virtualChannelId: 0 } as const;
const association: SecurityAssociation = {
  ...gcmLayout,
  spi: 1,
  direction: 'receive',
  channel,
  replay: { window: 10, depth: 0 },
};
const key = { id: 300, fixed: 0 };

const stateIn = (mode: AssociationMode) => ({ ...operationalAssociation(association, key, 7), mode });
const eventOf = (type: AssociationEvent['type']): AssociationEvent =>
  type === 'rekey' ? { type, association, key: { id: 301, fixed: 9 }, counter: 0 } : { type, association };

describe('the table of a security association', () => {
  it('has every cell, and moves only along none, unkeyed, keyed, operational and back', () => {
    const moves = visitMachine(associationMachine, stateIn, eventOf)
      .filter(({ mode, next }) => mode !== next)
      .map(({ event, mode, next }) => `${mode} ${event} ${next}`);
    expect(moves.sort()).toEqual([
      'keyed expire unkeyed',
      'keyed start operational',
      'none create unkeyed',
      'operational stop keyed',
      'unkeyed delete none',
      'unkeyed rekey keyed',
    ]);
  });

  it('refuses everything else and leaves the state as it was', () => {
    for (const mode of associationModes)
      for (const type of associationMachine.events) {
        const [after, action] = associationMachine.step(stateIn(mode), eventOf(type));
        if (action?.type !== 'refused') continue;
        expect(action.reason).toBe('illegal association transition');
        expect(after).toEqual(stateIn(mode));
      }
  });

  it('starts counters with a key and forgets the key when it expires', () => {
    const [keyed] = associationMachine.step(stateIn('unkeyed'), eventOf('rekey'));
    expect(keyed).toMatchObject({ key: { id: 301, fixed: 9 }, nextIv: 0, nextSequence: 0, replay: { last: -1 } });
    const [expired] = associationMachine.step(stateIn('keyed'), eventOf('expire'));
    expect(expired).toMatchObject({ mode: 'unkeyed', key: undefined, nextIv: 0 });
    expect(noAssociation(association).mode).toBe('none');
    expect(() => operationalAssociation(association, key, 2 ** 48)).toThrow(RangeError);
  });
});

describe('a security association', () => {
  it('knows its overhead', () => {
    expect([securityHeaderOctets(association), securityOverheadOctets(association)]).toEqual([14, 30]);
    expect(securityOverheadOctets({ ...association, ...cmacLayout })).toBe(22);
  });

  it.each<[string, Partial<SecurityAssociation>]>([
    ['SPI', { spi: 0 }],
    ['SPI', { spi: 0xffff }],
    ['IV octets', { ivOctets: 0 }],
    ['MAC octets', { macOctets: 12 }],
    ['sequence number octets', { ...cmacLayout, sequenceOctets: 0 }],
    ['sequence number octets', { sequenceOctets: 9 }],
    ['MAC octets', { ...cmacLayout, macOctets: 4 }],
    ['pad length octets', { padLengthOctets: 3 }],
    ['authentication mask octets', { mask: new Uint8Array(3) }],
    ['authentication mask', { ...cmacLayout, mask: new Uint8Array(11) }],
    ['replay window', { replay: { window: 0, depth: 0 } }],
  ])('is refused for its %s', (subject, change) => {
    expect(() => checkAssociation({ ...association, ...change })).toThrow(new RegExp(`^${subject}: expected`));
  });

  it('has no service without authentication', () => {
    // @ts-expect-error encryption alone cannot be written down
    expect(() => checkAssociation({ ...association, service: 'encryption' })).toThrow(RangeError);
  });
});

describe('associations together', () => {
  const held = (spi: number, direction: 'transmit' | 'receive', keyId: number, fixed = 0, layout = gcmLayout) => ({
    association: { ...association, ...layout, spi, direction } as SecurityAssociation,
    state: operationalAssociation(association, { id: keyId, fixed }),
  });

  it.each([
    ['one SPI twice', [held(1, 'receive', 1), held(1, 'receive', 2)], 1],
    ['one key in both directions', [held(1, 'receive', 1), held(2, 'transmit', 1, 5)], 1],
    ['one key and fixed field', [held(1, 'transmit', 1), held(2, 'transmit', 1)], 1],
    ['one key, counters without IV', [held(1, 'receive', 1, 0, cmacLayout), held(2, 'receive', 1, 1, cmacLayout)], 1],
    ['one key, two fixed fields', [held(1, 'transmit', 1), held(2, 'transmit', 1, 1)], 0],
    ['a key each', [held(1, 'receive', 1), held(2, 'transmit', 2), held(3, 'receive', 3)], 0],
  ])('%s', (_, list, conflicts) => {
    expect(associationConflicts(list)).toHaveLength(conflicts);
  });
});
