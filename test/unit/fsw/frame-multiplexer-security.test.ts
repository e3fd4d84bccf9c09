import { describe, expect, it } from 'vitest';
import { tmKind } from '../../../src/ccsds/sdls/frame-kind.ts';
import {
  firstSecurity,
  type LinkSecurity,
  openFrame,
  type SecurityState,
} from '../../../src/ccsds/sdls/link-security.ts';
import type { TmFrame } from '../../../src/ccsds/tm-frame/tm-frame.ts';
import { frameMultiplexer } from '../../../src/fsw/frame-multiplexer/behaviour.ts';
import { firstMultiplexing, start } from '../../../src/fsw/frame-multiplexer/multiplexing.ts';
import { downlink } from '../../../src/orbiter/tables.ts';
import { componentBench } from '../../support/component-bench.ts';
import { securedEnd, testKey } from '../../support/secured-ends.ts';

const kind = tmKind({ lengthOctets: 1115, fecf: true, ocf: true, spacecraftId: 42 });
const packet = Uint8Array.of(0x08, 0x65, 0xc0, 0, 0, 3, 1, 2, 3, 4);

const opener = (security: LinkSecurity) => {
  let state: SecurityState = firstSecurity(security, 'TM');
  return (octets: Uint8Array): TmFrame | string => {
    const opened = openFrame(kind, octets, state, security, 0);
    state = opened.state;
    return opened.outcome.ok ? opened.outcome.frame : opened.outcome.reason;
  };
};

const bench = (security = securedEnd('orbiter')) => {
  const made = componentBench(frameMultiplexer({ ...downlink, longestTimeGapUs: 1e12, security }));
  return { ...made, frames: () => made.out<Uint8Array>('frame') };
};

describe('frame-multiplexer with link security', () => {
  it('FRM-09 protects every frame, idle ones too, at the length of all frames', () => {
    const b = bench();
    b.send('tick', 1);
    b.send('packet', packet);
    b.send('tick', 2);
    b.send('tick', 3);
    const open = opener(securedEnd('ground'));
    const opened = b.frames().map(open);
    expect(opened.map((each) => (typeof each === 'string' ? each : each.virtualChannelId))).toEqual([0, 0, 7]);
    expect(b.frames().map(({ length }) => length)).toEqual([1115, 1115, 1115]);
    const second = opened[1] as TmFrame;
    expect([second.firstHeaderPointer, [...second.data.subarray(0, packet.length)]]).toEqual([0, [...packet]]);
    expect([b.value('sealed'), b.value('notSealed')]).toEqual([3, 0]);
    expect(b.frames().map(open)).toEqual(['replay behind', 'replay duplicate', 'replay duplicate']);
  });

  it('FRM-09 is opened by no other key', () => {
    const b = bench();
    b.send('tick', 1);
    expect(b.frames().map(opener(securedEnd('ground', {}, (id) => testKey(id + 10))))).toEqual(['bad MAC']);
  });

  it('FRM-10 sends nothing in clear when it cannot protect, and tells why', () => {
    const b = bench(securedEnd('orbiter', { counter: 2 ** 48 - 1 }));
    for (const tick of [1, 2, 3]) b.send('tick', tick);
    expect([b.frames().length, b.value('sealed'), b.value('notSealed')]).toEqual([2, 2, 1]);
    expect(b.told).toEqual(['NotSealed']);
  });

  it('FRM-11 uses no counter again after a reset', () => {
    const options = { ...downlink, security: securedEnd('orbiter', { counter: 5 }) };
    const counters = (nowUs: number) =>
      start(firstMultiplexing(options), nowUs)[0].security!.held.map(({ state }) => state.nextIv);
    expect(counters(0)).toEqual([5, 5]);
    const ticks = 10 * 3600;
    for (const counter of counters(3600 * 1e6)) expect(counter).toBeGreaterThan(5 + ticks * options.framesPerTick);
  });
});
