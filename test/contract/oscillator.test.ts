import { describe, expect, it } from 'vitest';
import { countsAt, oscillator, perfectOscillator } from '../../src/devices/sim/oscillator.ts';
import { oscillatorContract } from './oscillator.ts';

describe('oscillator, simulated', () => {
  oscillatorContract(() => oscillator(), 0);
});

describe('oscillator, simulated with offset and drift', () => {
  oscillatorContract(() => oscillator({ offsetUs: 5_000_000, driftPpm: -30 }), 31);
});

describe('the faults of the simulated oscillator', () => {
  it('are an offset, a drift and jumps, and no counter below zero', () => {
    const faults = { offsetUs: 100, driftPpm: 20, jumps: [{ atUs: 500, byUs: -5000 }] };
    expect(countsAt(perfectOscillator, 1234)).toBe(1234);
    expect(countsAt({ ...faults, jumps: [] }, 2_000_000)).toBe(2_000_140);
    expect([countsAt(faults, 499), countsAt(faults, 500), countsAt(faults, 10_000_000)]).toEqual([599, 0, 9_995_300]);
  });
});
