import { describe, expect, it } from 'vitest';
import { type CltuParameters, encodeCltu } from '../../../../src/ccsds/cltu/cltu.ts';
import { cltuStreamStart, deframeCltus, endOfCltus } from '../../../../src/ccsds/cltu/deframe.ts';
import { hexOctets, toHex } from '../../../../src/codec/hex.ts';

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const first = encodeCltu(hexOctets('01010101010101'));
const second = encodeCltu(hexOctets('0202020202020202'));
const idle = new Uint8Array(9).fill(0x55);

/** Feeds a stream in chunks of one size. */
const feed = (stream: Uint8Array, chunk: number, parameters: CltuParameters = {}) => {
  let state = cltuStreamStart;
  const units: string[] = [];
  const refusals: string[] = [];
  let passedOver = 0;
  for (let at = 0; at < stream.length; at += chunk) {
    const made = deframeCltus(state, stream.subarray(at, at + chunk), parameters);
    state = made.state;
    passedOver += made.passedOver;
    units.push(...made.units.map((unit) => `${toHex(unit.data)} ${unit.end} at ${unit.offset}`));
    refusals.push(...made.refusals.map((refusal) => `${refusal.reason} at ${refusal.offset}`));
  }
  return { units, refusals, passedOver, state };
};

describe('CLTU stream', () => {
  it.each([1, 2, 3, 7, 8, 10, 1000])('finds the same units in chunks of %i', (chunk) => {
    const made = feed(join(idle, first, idle, second, idle), chunk);
    expect(made.units).toEqual(['01010101010101 tail at 9', '0202020202020202555555555555 tail at 36']);
    expect(made.refusals).toEqual([]);
    expect(made.passedOver + made.state.held.length).toBe(9 + 8 + 9 + 8 + 9);
  });

  it('finds units with nothing between them', () => {
    expect(feed(join(first, second, first), 5).units).toHaveLength(3);
  });

  it('finds the unit behind one whose tail was lost', () => {
    const made = feed(join(first.subarray(0, 10), second), 4, { mode: 'TED' });
    expect(made.units).toEqual(['01010101010101 bad code block at 0', '0202020202020202555555555555 tail at 10']);
  });

  it('refuses a start that no code block follows', () => {
    const made = feed(join(hexOctets('eb90 c5c5c5c5c5c5c579'), first), 3);
    expect(made.refusals).toEqual(['no whole code block at 0']);
    expect(made.units).toEqual(['01010101010101 tail at 10']);
  });

  it('gives up a unit that is too long, and is bounded while it waits', () => {
    const long = encodeCltu(new Uint8Array(70));
    let state = cltuStreamStart;
    let held = 0;
    const refusals: string[] = [];
    for (const octet of join(long, first)) {
      const made = deframeCltus(state, Uint8Array.of(octet), { maximumOctets: 35 });
      state = made.state;
      held = Math.max(held, state.held.length);
      refusals.push(...made.refusals.map((refusal) => refusal.reason));
    }
    expect(refusals).toEqual(['CLTU too long']);
    expect(held).toBeLessThanOrEqual(2 + 6 * 8);
    expect(feed(join(long, first), 50, { maximumOctets: 35 }).units).toEqual(['01010101010101 tail at 90']);
  });

  it('gives what the end of the stream cut short', () => {
    const { state } = feed(first.subarray(0, 14), 5);
    expect(endOfCltus(state)).toMatchObject({ end: 'unfinished', blocks: 1, offset: 0 });
    expect(endOfCltus(feed(first, 5).state)).toBeUndefined();
    expect(endOfCltus(feed(first.subarray(0, 8), 5).state)).toBeUndefined();
  });
});
