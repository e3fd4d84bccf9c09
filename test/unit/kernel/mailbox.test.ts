import { describe, expect, it } from 'vitest';
import { Mailbox } from '../../../src/kernel/mailbox.ts';

describe('the mailbox', () => {
  it('is a FIFO over all slots, with replacement and removal in the middle', () => {
    const box = new Mailbox(3);
    for (let n = 0; n < 20; n++) box.push(n % 3, n, `m${n}`);
    expect(box.replaceLast(1, 99, 'new')).toBe(19);
    expect(box.dropFirst(2)).toBe(2);
    expect(box.length).toBe(19);
    expect([...box.used]).toEqual([7, 7, 5]);
    const order = Array.from({ length: 19 }, () => box.shift());
    expect(order.slice(0, 4)).toEqual(['m0', 'm1', 'm3', 'm4']);
    expect(order.at(-1)).toBe('new');
    expect([...box.highWater]).toEqual([7, 7, 6]);
  });
});
