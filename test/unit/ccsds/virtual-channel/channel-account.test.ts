// Accounts of virtual channels: gaps, losses and repeats by the count alone.
import { describe, expect, it } from 'vitest';
import {
  ChannelAccount,
  ChannelTable,
  type CountedFrame,
  DUPLICATE,
} from '../../../../src/ccsds/virtual-channel/channel-account.ts';
import { OcfRuns } from '../../../../src/ccsds/virtual-channel/ocf-runs.ts';
import { PacketZone } from '../../../../src/ccsds/virtual-channel/packet-zone.ts';

const frame = (count: number, more: Partial<CountedFrame> = {}): CountedFrame => ({
  ...{ spacecraftId: 1, virtualChannelId: 2, count, modulus: 256, sequence: 0, idle: false },
  ...more,
});

const octets = (count: number, mark = 0): Uint8Array => Uint8Array.of(count, mark);

const observe = (counts: readonly number[], account = new ChannelAccount(1, 2, false)): ChannelAccount => {
  for (const [k, count] of counts.entries()) account.observe(frame(count), octets(count, k));
  return account;
};

describe('channel account', () => {
  it('sums gaps and losses over the turn of the count', () => {
    expect(observe([253, 254, 1, 2, 5]).counts()).toEqual({
      ...{ scid: 1, vcid: 2, frames: 5, idle: 0, first: 253, last: 5, gaps: 2, lost: 4, duplicates: 0 },
    });
  });

  it('takes a step back for what a modulo count says it is', () => {
    expect(observe([71, 39]).counts()).toMatchObject({ gaps: 1, lost: 223 });
  });

  it('drops a frame that repeats the one before, octet for octet, and only that', () => {
    const account = new ChannelAccount(1, 2, false);
    expect(account.observe(frame(7), octets(7))).toBe(0);
    expect(account.observe(frame(7), octets(7))).toBe(DUPLICATE);
    expect(account.observe(frame(8), octets(8))).toBe(0);
    expect(account.observe(frame(8), octets(8, 1))).toBe(255);
    expect(account.counts()).toMatchObject({ frames: 3, duplicates: 1, gaps: 1 });
  });

  it('keeps repeats when asked, without a gap', () => {
    const account = new ChannelAccount(1, 2, true);
    for (const count of [1, 1, 2, 2, 3]) account.observe(frame(count), octets(count));
    expect(account.counts()).toMatchObject({ frames: 5, duplicates: 2, gaps: 0, lost: 0 });
  });

  it('takes a count that never moves for none, and a frame without one as it is', () => {
    expect(observe([0, 0, 0]).counts()).toMatchObject({ gaps: 0, lost: 0, first: 0, last: 0 });
    const account = new ChannelAccount(1, 2, false);
    for (let k = 0; k < 3; k++) account.observe(frame(0, { modulus: 0, idle: true }), octets(1));
    expect(account.counts()).toMatchObject({ frames: 3, idle: 3, first: null, last: null, duplicates: 0 });
  });

  it('counts sequence-controlled and expedited frames apart', () => {
    const account = new ChannelAccount(1, 2, false);
    for (const [count, sequence] of [
      [1, 0],
      [200, 1],
      [2, 0],
      [201, 1],
    ] as const)
      account.observe(frame(count, { sequence }), octets(count));
    expect(account.counts()).toMatchObject({ gaps: 0, lost: 0, frames: 4 });
  });

  it('has one account per spacecraft and channel, and not more than its bound', () => {
    const table = new ChannelTable(false, 2);
    expect(table.account(9, 1)).toBe(table.account(9, 1));
    expect(table.account(3, 5)).toBeDefined();
    expect(table.account(3, 6)).toBeUndefined();
    expect(table.accounts().map((account) => account.spacecraftId)).toEqual([3, 9]);
  });
});

describe('control field runs', () => {
  it('joins equal values and stops at its bound', () => {
    const runs = new OcfRuns(2);
    for (const value of [1, 1, 0xffffffff, 0xffffffff, 5, 5, 0xffffffff]) runs.observe(value);
    expect(runs.runs()).toEqual([
      { value: 1, count: 2 },
      { value: 0xffffffff, count: 2 },
    ]);
    expect(runs.unlisted).toBe(3);
  });
});

describe('packet zone', () => {
  it('is one idle packet when nothing waits, and fills zones longer than any packet', () => {
    const zone = new PacketZone({ packets: 4, octets: 1000 });
    const octets = new Uint8Array(70_000);
    expect(zone.fill(octets, 0, octets.length)).toBe(0);
    expect([...octets.subarray(0, 6)]).toEqual([0x07, 0xff, 0xc0, 0x00, 0xff, 0xff]);
    expect([...octets.subarray(65_542, 65_548)]).toEqual([
      0x07,
      0xff,
      0xc0,
      0x01,
      (70_000 - 65_542 - 7) >> 8,
      (70_000 - 65_542 - 7) & 0xff,
    ]);
    expect(() => zone.offer(new Uint8Array(0))).toThrow(/packet octets/);
  });
});
