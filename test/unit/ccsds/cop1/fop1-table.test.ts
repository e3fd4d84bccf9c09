import { describe, expect, it } from 'vitest';
import { fop1 } from '../../../../src/ccsds/cop1/fop1.ts';
import type { FopEvent } from '../../../../src/ccsds/cop1/fop1-events.ts';
import { type Fop, type FopMode, fopModes, fopReset } from '../../../../src/ccsds/cop1/fop1-state.ts';
import { visitMachine } from '../../../support/visit-machine.ts';

// Read from the printed table by eye: the state that follows in S1 to S6, . for the same one, x for what cannot happen.
const printed: Record<string, string> = {
  E1: '. 6 6 1 1 .',
  E2: '. 1 1 x x .',
  E3: '6 6 6 6 6 .',
  E4: '6 6 6 6 . .',
  E5: '. 6 6 x x .',
  E6: '. 1 1 x x .',
  E7: '6 6 6 x x .',
  E101: '6 6 6 x x .',
  E102: '6 6 6 x x .',
  E8: '2 2 2 x x .',
  E9: '3 3 3 x x .',
  E10: '2 . 2 x x .',
  E11: '3 3 . x x .',
  E12: '2 . 2 x x .',
  E103: '3 3 . x x .',
  E13: '6 6 6 6 . .',
  E14: '6 6 6 6 . .',
  E15: '6 6 6 6 6 .',
  E16: '. . . 6 . x',
  E104: '. . . 6 . x',
  E17: '6 6 6 6 6 x',
  E18: '6 6 6 6 6 x',
  E19: '. . . . . .',
  E20: '. . . . . .',
  E21: '. . . . . .',
  E22: '. . . . . .',
  E23: '. . . . . 1',
  E24: '. . . . . 4',
  E25: '. . . . . 5',
  E26: '. . . . . .',
  E27: '. . . . . 5',
  E28: '. . . . . .',
  E29: '6 6 6 6 6 .',
  E30: '. . . . . .',
  E31: 'x x x x x 1',
  E32: 'x x x x x 2',
  E33: 'x x x x x 3',
  E34: 'x x x x x 4',
  E35: '. . . . . .',
  E36: '. . . . . .',
  E37: '. . . . . .',
  E38: '. . . . . .',
  E39: '. . . . . .',
  E40: '. . . . . .',
  E41: '. . . . . .',
  E42: '6 6 6 6 6 .',
  E43: '. . . . . .',
  E44: '6 6 6 6 6 .',
  E45: '. . . . . .',
  E46: '6 6 6 6 6 .',
};

const stateIn = (mode: FopMode): Fop => ({
  ...fopReset({ timerInitialUs: 1_000_000 }),
  mode,
  vs: 7,
  nnr: 3,
  sentQueue: [3, 4, 5, 6].map((sequence) => ({
    service: 'AD',
    sequence,
    fdu: { id: sequence, octets: Uint8Array.of(sequence) },
    toBeRetransmitted: false,
  })),
});

const eventOf = (type: FopEvent['type']): FopEvent =>
  ({ type, nr: 4, id: 1, value: 1, fdu: { id: 9, octets: Uint8Array.of(9) } }) as FopEvent;

describe('FOP-1 table', () => {
  const cells = visitMachine(fop1, stateIn, eventOf);

  it('has all 300 cells, 48 of which cannot happen', () => {
    expect(cells).toHaveLength(300);
    expect(cells.filter((cell) => cell.next === 'impossible')).toHaveLength(48);
    expect(fop1.modes).toEqual(fopModes);
  });

  it('has the next states that the standard prints', () => {
    expect(fop1.events).toEqual(Object.keys(printed));
    for (const [event, states] of Object.entries(printed)) {
      const wanted = states.split(' ').map((sign, column) => {
        if (sign === 'x') return 'impossible';
        return sign === '.' ? fopModes[column] : fopModes[Number(sign) - 1];
      });
      expect(
        cells.filter((cell) => cell.event === event).map((cell) => cell.next),
        event,
      ).toEqual(wanted);
    }
  });

  it('is drawn as a table and as a diagram', () => {
    expect(fop1.markdown()).toContain('| E10 | Retransmit, nothing new, TC < TL | repeat (retransmitWithoutWait) |');
    expect(fop1.mermaid()).toContain('initial --> initialisingWithBc: E25 / sendUnlock');
  });
});
