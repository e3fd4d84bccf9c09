import { describe, expect, it } from 'vitest';
import { packClcw } from '../../../../src/ccsds/cop1/clcw.ts';
import { clcwOf, farm1 } from '../../../../src/ccsds/cop1/farm1.ts';
import { classifyFrame, farmArea, farmWindow } from '../../../../src/ccsds/cop1/farm1-classify.ts';
import { type Farm, type FarmEvent, farmReset } from '../../../../src/ccsds/cop1/farm1-state.ts';
import { type TcService, tcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { hexOctets } from '../../../../src/codec/hex.ts';
import { visitMachine } from '../../../support/visit-machine.ts';

const window = farmWindow(10);
const frameOf = (service: TcService, sequence: number, data: Uint8Array = Uint8Array.of(7)) => ({
  service,
  spacecraftId: 42,
  virtualChannelId: 0,
  sequence,
  data,
});
const unlock = frameOf('BC', 0, Uint8Array.of(0));
const setVr = (vr: number) => frameOf('BC', 0, Uint8Array.of(0x82, 0, vr));

const bench = (start: Partial<Farm> = {}) => {
  let farm: Farm = { ...farmReset, ...start };
  const step = (event: FarmEvent): string => {
    const [next, ...actions] = farm1.step(farm, event);
    farm = next;
    return actions.map((action) => action.type).join(' ');
  };
  return {
    get farm() {
      return farm;
    },
    flags: (): string => `${farm.lockout ? 'L' : ''}${farm.wait ? 'W' : ''}${farm.retransmit ? 'R' : ''}`,
    step,
    frame: (frame: ReturnType<typeof frameOf>, bufferFree = true): string =>
      step(classifyFrame(farm, frame, window, bufferFree)),
  };
};

describe('FARM-1 table', () => {
  it('visits all 33 cells', () => {
    const cells = visitMachine(
      farm1,
      (mode) => ({ ...farmReset, mode }),
      (type): FarmEvent => {
        if (type === 'E7' || type === 'E10' || type === 'E11') return { type };
        if (type === 'E8') return { type, vr: 9 };
        if (type === 'E9') return { type, reason: 'bad FECF' };
        return { type, frame: frameOf('AD', 0) };
      },
    );
    expect(cells).toHaveLength(33);
    expect(cells.filter((cell) => cell.next === 'impossible')).toEqual([
      { event: 'E1', mode: 'wait', next: 'impossible' },
    ]);
  });
});

describe('FARM-1 window', () => {
  it('C01 accepts across the wrap of V(R)', () => {
    const b = bench({ vr: 255 });
    expect(b.frame(frameOf('AD', 255))).toBe('accept');
    expect(b.farm.vr).toBe(0);
  });

  it('C02 discards a repeat across the wrap in silence', () => {
    const b = bench({ vr: 0 });
    expect(b.frame(frameOf('AD', 255))).toBe('discard');
    expect(b.farm).toEqual(farmReset);
  });

  it('C03 asks again inside the positive window and locks out behind it', () => {
    const b = bench({ vr: 254 });
    b.frame(frameOf('AD', 2));
    expect([b.farm.mode, b.flags()]).toEqual(['open', 'R']);
    expect(b.frame(frameOf('AD', 3))).toBe('discard lockedOut');
    expect(b.farm.mode).toBe('lockout');
  });

  it('C04 takes 253 as a repeat and 252 as lockout at V(R) = 2', () => {
    expect(classifyFrame({ ...farmReset, vr: 2 }, frameOf('AD', 253), window, true).type).toBe('E4');
    const b = bench({ vr: 2 });
    b.frame(frameOf('AD', 252));
    expect(b.farm.mode).toBe('lockout');
  });

  it('C05 divides all 65536 pairs as the standard does, for W = 2, 10, 128 and 254', () => {
    for (const width of [2, 10, 128, 254]) {
      const half = width / 2;
      const counts = { expected: 0, positive: 0, negative: 0, lockout: 0 };
      for (let vr = 0; vr < 256; vr++) {
        // Walked along the circle from V(R), not computed: the areas lie around it one after the other.
        let sequence = vr;
        for (let place = 0; place < 256; place++) {
          const area = farmArea(sequence, vr, farmWindow(width));
          const wanted =
            place === 0 ? 'expected' : place <= half - 1 ? 'positive' : place >= 256 - half ? 'negative' : 'lockout';
          if (area !== wanted) expect.fail(`W ${width} V(R) ${vr} N(S) ${sequence}: ${area}, not ${wanted}`);
          counts[area] += 1;
          sequence = sequence === 255 ? 0 : sequence + 1;
        }
      }
      expect(counts).toEqual({
        expected: 256,
        positive: (half - 1) * 256,
        negative: half * 256,
        lockout: (256 - width) * 256,
      });
    }
  });

  it('refuses a window that is odd, empty or wider than the numbers', () => {
    for (const width of [0, 1, 9, 256, 2.5]) expect(() => farmWindow(width)).toThrow(RangeError);
  });
});

describe('FARM-1 states', () => {
  it('C06 a gap asks for a repeat and the expected frame ends the asking', () => {
    const b = bench();
    b.frame(frameOf('AD', 1));
    expect(b.flags()).toBe('R');
    expect(b.frame(frameOf('AD', 0))).toBe('accept');
    expect(b.flags()).toBe('');
  });

  it('C07 without a buffer it waits, and goes on after the release', () => {
    const b = bench();
    b.frame(frameOf('AD', 0), false);
    expect([b.farm.mode, b.flags()]).toEqual(['wait', 'WR']);
    b.step({ type: 'E10' });
    expect([b.farm.mode, b.flags()]).toEqual(['open', 'R']);
    expect(b.frame(frameOf('AD', 0))).toBe('accept');
    expect(b.flags()).toBe('');
  });

  it('counts as full in the wait state until the release has been told', () => {
    const b = bench();
    b.frame(frameOf('AD', 0), false);
    expect(b.frame(frameOf('AD', 0), true)).toBe('discard');
    expect(b.farm.mode).toBe('wait');
  });

  it('C08 locks out of the wait state with all flags, and Unlock clears them', () => {
    const b = bench();
    b.frame(frameOf('AD', 0), false);
    b.frame(frameOf('AD', 200));
    expect([b.farm.mode, b.flags()]).toEqual(['lockout', 'LWR']);
    b.step({ type: 'E10' });
    expect([b.farm.mode, b.flags()]).toEqual(['lockout', 'LR']);
    expect(b.frame(unlock)).toBe('unlocked');
    expect([b.farm.mode, b.flags(), b.farm.vr]).toEqual(['open', '', 0]);
  });

  it('C09 in lockout takes BD, counts Set V(R) without doing it, and opens by Unlock', () => {
    const b = bench();
    b.frame(frameOf('AD', 100));
    expect(b.frame(frameOf('AD', 0))).toBe('discard');
    expect(b.frame(frameOf('BD', 0))).toBe('accept');
    expect(b.farm.farmB).toBe(1);
    expect(b.frame(setVr(9))).toBe('discard');
    expect([b.farm.farmB, b.farm.vr, b.farm.mode]).toEqual([2, 0, 'lockout']);
    b.frame(unlock);
    expect(b.frame(setVr(9))).toBe('vrSet');
    expect([b.farm.farmB, b.farm.vr, b.farm.mode]).toEqual([0, 9, 'open']);
  });

  it('C10 counts bypass frames modulo four', () => {
    const b = bench();
    const seen = [1, 2, 3, 4, 5].map(() => {
      b.frame(frameOf('BD', 0));
      return b.farm.farmB;
    });
    expect(seen).toEqual([1, 2, 3, 0, 1]);
  });

  it('C11 an illegal control command or frame changes nothing', () => {
    for (const hex of ['820105', '8200', '82000500', '01', '0000']) {
      const b = bench({ vr: 3 });
      expect(b.frame(frameOf('BC', 0, hexOctets(hex)))).toBe('discard');
      expect(b.farm).toEqual({ ...farmReset, vr: 3 });
    }
    const frames = tcFrame({ spacecraftId: 42, virtualChannels: [0] });
    const good = frames.encode(frameOf('AD', 0));
    for (const spoil of [
      (octets: Uint8Array) => (octets[0] = octets[0]! | 0x10),
      (octets: Uint8Array) => (octets[1] = 43),
      (octets: Uint8Array) => (octets[3] = octets[3]! + 1),
      (octets: Uint8Array) => (octets[6] = octets[6]! ^ 1),
    ]) {
      const octets = good.slice();
      spoil(octets);
      expect(frames.decode(octets).ok).toBe(false);
    }
  });

  it('C12 Set V(R) ends the wait state', () => {
    const b = bench();
    b.frame(frameOf('AD', 0), false);
    b.frame(setVr(40));
    expect([b.farm.mode, b.flags(), b.farm.vr]).toEqual(['open', '', 40]);
  });

  it('C13 reports its CLCW', () => {
    const farm: Farm = { mode: 'lockout', vr: 0xa5, farmB: 2, lockout: true, wait: false, retransmit: true };
    expect(packClcw(clcwOf(farm, 5))).toBe(0x01142ca5);
    expect(farm1.step(farm, { type: 'E11' })[1]).toEqual({ type: 'report' });
  });

  it('C55 a foreign AD frame locks out; Unlock and Set V(R) recover', () => {
    const b = bench({ vr: 17 });
    b.frame(frameOf('AD', 17 + 100));
    expect(b.farm.mode).toBe('lockout');
    b.frame(unlock);
    b.frame(setVr(17));
    expect([b.farm.mode, b.farm.vr]).toEqual(['open', 17]);
    expect(b.frame(frameOf('AD', 17))).toBe('accept');
  });
});
