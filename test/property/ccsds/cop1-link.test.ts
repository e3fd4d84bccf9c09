import { describe, expect, it } from 'vitest';
import { classifyFrame } from '../../../src/ccsds/cop1/farm1-classify.ts';
import { runLink } from '../../support/cop1-link.ts';

const SEEDS = 200;
const runs = Array.from({ length: SEEDS }, (_, seed) => runLink(seed));

describe('FOP-1 against FARM-1 over a bad link', () => {
  it('C54 delivers every AD command once and in order, or has alerted', () => {
    expect(runs.flatMap((run) => run.wrong)).toEqual([]);
    expect(runs.every((run) => run.delivered === 40)).toBe(true);
  });

  it('finds out a FARM that takes repeats for new frames', () => {
    const deaf = runLink(1, (farm, frame, window, free) => {
      const event = classifyFrame(farm, frame, window, free);
      return event.type === 'E4' ? { type: 'E1', frame } : event;
    });
    expect(deaf.wrong).not.toEqual([]);
  });

  it('goes on without the operator in most runs and needs him in some', () => {
    const quiet = runs.filter((run) => run.alerts === 0).length;
    expect(quiet).toBeGreaterThan(SEEDS / 5);
    expect(quiet).toBeLessThan(SEEDS);
  });

  it('enters the rows of every kind of report, expiry and answer', () => {
    const visited = new Set(runs.flatMap((run) => [...run.visited]));
    for (const cell of [
      'E1 initialisingWithoutBc',
      'E1 initialisingWithBc',
      'E2 active',
      'E2 retransmitWithoutWait',
      'E5 active',
      'E6 active',
      'E6 retransmitWithoutWait',
      'E8 active',
      'E8 retransmitWithoutWait',
      'E8 retransmitWithWait',
      'E9 active',
      'E10 active',
      'E10 retransmitWithoutWait',
      'E10 retransmitWithWait',
      'E11 active',
      'E12 retransmitWithoutWait',
      'E13 initialisingWithBc',
      'E16 active',
      'E104 active',
      'E17 active',
      'E18 active',
      'E19 retransmitWithWait',
      'E21 active',
      'E31 initial',
      'E41 retransmitWithWait',
      'E42 active',
      'E43 initialisingWithBc',
    ])
      expect(visited, cell).toContain(cell);
  });
});
