import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrive, emptyLine, lightTime, send } from '../../../src/world/light-time.ts';
import { componentBench } from '../../support/component-bench.ts';

describe('light time', () => {
  it('brings every unit to the other end one light time later, in order', () => {
    const b = componentBench(lightTime({ oneWayUs: 240_000_000 }));
    b.send('fromGround', Uint8Array.of(1));
    b.run(1000);
    b.send('fromGround', Uint8Array.of(2));
    b.send('fromOrbiter', Uint8Array.of(3));
    b.run(239_998_997);
    expect([b.out('toOrbiter'), b.value('upOnTheWay')]).toEqual([[], 2]);
    b.run(1);
    expect(b.out('toOrbiter')).toEqual([Uint8Array.of(1)]);
    b.run(1002);
    expect([b.out('toOrbiter'), b.out('toGround')]).toEqual([[Uint8Array.of(1), Uint8Array.of(2)], [Uint8Array.of(3)]]);
    expect([b.value('upOnTheWay'), b.value('downOnTheWay')]).toEqual([0, 0]);
  });

  it('loses and counts what the line has no room for', () => {
    const b = componentBench(lightTime({ oneWayUs: 1000, bound: 2 }));
    for (let n = 0; n < 5; n++) b.send('fromGround', Uint8Array.of(n));
    b.run(2000);
    expect([b.out('toOrbiter').length, b.value('upLost'), b.value('downLost')]).toEqual([2, 3, 0]);
  });

  it('is bounded in octets too: long units find less room than short ones', () => {
    const b = componentBench(lightTime({ oneWayUs: 1000, boundOctets: 100 }));
    for (const lengthOctets of [60, 41, 30, 10, 1]) b.send('fromGround', new Uint8Array(lengthOctets));
    expect([b.value('upOnTheWay'), b.value('upLost')]).toEqual([3, 2]);
    b.run(2000);
    expect((b.out('toOrbiter') as Uint8Array[]).map(({ length }) => length)).toEqual([60, 30, 10]);
    b.send('fromGround', new Uint8Array(100));
    b.run(2000);
    expect([b.out('toOrbiter').length, b.value('upLost')]).toEqual([4, 2]);
  });

  it('keeps order and number for any times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 100 }), (gaps) => {
        let line = emptyLine;
        let now = 0;
        const arrived: number[] = [];
        const take = (atUs: number): void => {
          const [next, ...arrivals] = arrive(line, atUs);
          line = next;
          arrived.push(...arrivals.map(({ octets }) => octets[0]!));
        };
        gaps.forEach((gap, n) => {
          now += gap;
          take(now);
          line = send(line, Uint8Array.of(n), now + 1000, { bound: 1000, boundOctets: 1000 })[0];
        });
        take(now + 1000);
        expect(arrived).toEqual(gaps.map((_, n) => n));
      }),
    );
  });

  it('without distance brings units in the instant', () => {
    const b = componentBench(lightTime({ oneWayUs: 0 }));
    b.send('fromOrbiter', Uint8Array.of(1));
    expect(b.out('toGround').length).toBe(1);
  });
});
