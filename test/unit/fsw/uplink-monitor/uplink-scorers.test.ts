import { describe, expect, it } from 'vitest';
import { firstAllowances, isAnnounced } from '../../../../src/fsw/uplink-monitor/announced.ts';
import {
  emptyArgumentModel,
  firstArgumentState,
  moveDrift,
  settleDrift,
  stepBin,
} from '../../../../src/fsw/uplink-monitor/argument-model.ts';
import {
  describeWindow,
  enterWindow,
  firstWindow,
  gapBin,
  vectorLength,
} from '../../../../src/fsw/uplink-monitor/command-window.ts';
import {
  farthestPoints,
  neighbourDistance,
  neighbourModel,
  robustScale,
  standardise,
} from '../../../../src/fsw/uplink-monitor/neighbours.ts';
import { bounds } from '../../../../src/fsw/uplink-monitor/observed.ts';
import {
  countCommand,
  countReject,
  emptyRateModel,
  firstRateState,
  paceScore,
  rateScore,
} from '../../../../src/fsw/uplink-monitor/rate-watch.ts';
import { conformalThreshold, fitTail, rarity } from '../../../../src/fsw/uplink-monitor/tail.ts';
import {
  averageRows,
  binBits,
  countBin,
  emptyTimingModel,
  intervalBin,
  tagBin,
} from '../../../../src/fsw/uplink-monitor/timing-model.ts';
import {
  emptyTable,
  firstContexts,
  learn,
  pause,
  surprise,
} from '../../../../src/fsw/uplink-monitor/transition-table.ts';

const DAY_US = 86_400_000_000;

describe('transition table', () => {
  it('gives the bits of method C, from the longest context that was seen', () => {
    const table = emptyTable(4);
    const training = firstContexts(1);
    for (const symbol of [0, 1, 0, 1, 0, 2]) learn(table, training, 0, symbol);
    const contexts = firstContexts(1);
    pause(contexts, 0);
    contexts.set([1, 0, 1]);
    expect(surprise(table, contexts, 0, 0)).toBeCloseTo(-Math.log2(1 / 2), 12);
    contexts.set([0, 1, 0]);
    expect(surprise(table, contexts, 0, 2)).toBeCloseTo(-Math.log2(1 / 4), 12);
  });

  it('escapes through every order to a command that was never seen', () => {
    const table = emptyTable(4);
    const training = firstContexts(1);
    for (const symbol of [0, 1, 0, 1]) learn(table, training, 0, symbol);
    const contexts = firstContexts(1);
    contexts.set([3, 3, 3]);
    // No order above 0 knows the context; order 0 holds four commands of two kinds: escape 2/6, then one of four.
    expect(surprise(table, contexts, 0, 3)).toBeCloseTo(-Math.log2((2 / 6) * (1 / 4)), 12);
  });
});

describe('argument drift', () => {
  it('adds deviations beyond the slack, up to four of them, both ways', () => {
    const state = firstArgumentState();
    expect(moveDrift(state, 0, 100, 10)).toBe(0);
    expect(moveDrift(state, 0, 120, 10)).toBeCloseTo(2 - 1.2, 12);
    expect(state.means[0]).toBeCloseTo(107, 12);
    expect(moveDrift(state, 0, 1000, 10)).toBeCloseTo(0.8 + 4 - 1.2, 12);
    state.means[0] = 100;
    expect(moveDrift(state, 0, 70, 10)).toBeCloseTo(1.8, 12);
    expect(state.down[0]).toBeCloseTo(1.8, 12);
  });

  it('settles after an alarm: three values move the mean and count not', () => {
    const rule = { opcode: 1, subsystem: 0, hazardous: false, roles: [0], modes: [0], authorisations: 1, aheadUs: 0 };
    const model = emptyArgumentModel([{ ...rule, args: [{ least: 0, most: 1000, identifier: false }] }]);
    const state = firstArgumentState();
    settleDrift(model, state, 0, [500]);
    expect([500, 100, 900, 700, 0].map((value) => moveDrift(state, 0, value, 1))).toEqual([0, 0, 0, 0, 4 - 1.2]);
  });

  it('bins steps by sign and magnitude', () => {
    expect([0, 1, -1, 2, 3, 4, -1e12, 1e12].map(stepBin)).toEqual([12, 13, 11, 14, 14, 15, 1, 23]);
  });
});

describe('command window', () => {
  const subsystemOf = new Uint8Array(bounds.symbols);
  const entry = { symbol: 0, subsystem: 0, role: 0, excess: 2, hazardous: true, tagged: false };

  it('counts what the last half hour held, and forgets it', () => {
    const window = firstWindow();
    const vector = new Float64Array(vectorLength);
    for (let i = 0; i < 3; i++) enterWindow(window, { ...entry, atUs: i * 1_000_000 }, subsystemOf);
    describeWindow(window, 2_000_000, undefined, vector);
    const rest = bounds.subsystems + bounds.roles;
    expect(vector[0]).toBeCloseTo(Math.log(4), 12);
    expect(vector[rest]).toBeCloseTo(Math.log(4), 12);
    expect([vector[rest + 1], vector[rest + 3]]).toEqual([gapBin(1_000_000), 2]);
    enterWindow(window, { ...entry, atUs: 2 * 1_800_000_000 }, subsystemOf);
    expect([window.ends[1], window.bySymbol[0], window.marked[0], window.excessSum[0]]).toEqual([1, 1, 1, 2]);
  });

  it('keeps the newest 256 of a flood', () => {
    const window = firstWindow();
    for (let i = 0; i < 1000; i++) enterWindow(window, { ...entry, atUs: i }, subsystemOf);
    expect([window.ends[1], window.bySymbol[0], window.byRole[0]]).toEqual([256, 256, 256]);
  });
});

describe('neighbours', () => {
  it('scale by the median absolute deviation', () => {
    const { middle, scale } = robustScale([1, 2, 3, 4, 5]);
    expect(middle).toBe(3);
    expect(scale).toBeCloseTo(1.4826, 12);
  });

  it('choose the farthest points first, and no point twice', () => {
    const points = [0, 1, 10, 10, 5].map((x) => Float32Array.of(x));
    expect(farthestPoints(points, 5)).toEqual([0, 2, 4, 1]);
  });

  it('measure the mean distance to the nearest two', () => {
    const model = { length: 1, k: 2, medians: Float64Array.of(0), scales: Float64Array.of(1) };
    const references = Float32Array.of(0, 1, 10);
    expect(neighbourDistance({ ...model, references }, Float64Array.of(3))).toBeCloseTo(2.5, 12);
  });

  it('give the largest |z|, and nothing without references', () => {
    const model = neighbourModel(
      [1, 2, 3, 4, 5].map((x) => Float64Array.of(x)),
      1,
      512,
    );
    const vector = Float64Array.of(3 - 2 * 1.4826);
    expect(standardise(model, vector)).toBeCloseTo(2, 12);
    expect(neighbourDistance({ ...model, references: new Float32Array(0) }, vector)).toBe(0);
  });
});

describe('rates', () => {
  it('sum counts beyond twice the usual, and their absence', () => {
    const model = emptyRateModel();
    model.aDay[0] = 1;
    const state = firstRateState();
    for (const day of [0, 0.25, 0.5]) countCommand(model, state, 0, day * DAY_US);
    expect(state.up[0]).toBeCloseTo(2, 12);
    countCommand(model, state, 0, 10.5 * DAY_US);
    expect([state.up[0], state.down[0]]).toEqual([1, 4]);
    model.highUp[0] = 4;
    model.highDown[0] = 2;
    expect(rateScore(model, state, 0)).toBe(2);
  });

  it('average how much faster a role is than usual', () => {
    const model = emptyRateModel();
    model.paceMiddle[0] = Math.log(20);
    const state = firstRateState();
    expect(paceScore(model, state, 0, 0)).toBe(0);
    expect(paceScore(model, state, 0, 1_000_000)).toBeCloseTo(0.3 * Math.log(20), 12);
  });

  it('sum refused frames of a channel against eight a day', () => {
    const state = firstRateState();
    const model = emptyRateModel();
    expect([0, 0, 0].map((atUs) => countReject(model, state, 1, atUs))).toEqual([1, 2, 3]);
    expect(countReject(model, state, 1, DAY_US / 8)).toBeCloseTo(3, 12);
    expect(state.rejects[0]).toBe(0);
  });
});

describe('timing', () => {
  it('counts bins with half a count added, and their entropy', () => {
    const { hours } = emptyTimingModel();
    for (const hour of [8, 8, 8, 9]) countBin(hours, 0, hour);
    expect(binBits(hours, 0, 8)).toBeCloseTo(-Math.log2(3.5 / 16), 12);
    averageRows(hours);
    expect(hours.averageBits[0]).toBeCloseTo((3 * -Math.log2(3.5 / 16) + -Math.log2(1.5 / 16)) / 4, 12);
  });

  it('bins intervals by doublings and tags by sign', () => {
    expect([0, 0.5, 1, 2, 3, 86_400].map(intervalBin)).toEqual([0, 0, 1, 2, 2, 17]);
    expect([tagBin(0), tagBin(1), tagBin(-1)]).toEqual([32, 34, 30]);
  });
});

describe('tails', () => {
  const days = Array.from({ length: 100 }, (_, i) => i);

  it('are empirical up to the knee and exponential beyond', () => {
    const tail = fitTail(days);
    expect(tail.knee).toBe(79);
    expect(rarity(tail, 50)).toBeCloseTo(-Math.log10(51 / 101), 12);
    expect(rarity(tail, 79 + tail.meanExcess)).toBeCloseTo(-Math.log10(21 / 101) + 1 / Math.LN10, 12);
    expect(tail.meanExcess).toBeCloseTo(10.5, 12);
  });

  it('call the highest day of a heavy tail no rarer than one in all days', () => {
    const tail = fitTail([...days.slice(0, 99), 10_000]);
    expect(rarity(tail, 10_000)).toBeLessThanOrEqual(Math.log10(101) + 1e-9);
  });

  it('promise k / (n + 1) false alarms a day, or refuse to', () => {
    expect(conformalThreshold(days, 0.05)).toEqual({ threshold: 95, falseAlarmsADay: 5 / 101 });
    expect(() => conformalThreshold(days, 0.001)).toThrow(RangeError);
  });

  it('keep the promise on fresh days of the same kind', () => {
    let draw = 7;
    const random = (): number => {
      draw = (Math.imul(draw, 1_664_525) + 1_013_904_223) >>> 0;
      return draw / 2 ** 32;
    };
    let alarms = 0;
    for (let trial = 0; trial < 4000; trial++) {
      const { threshold } = conformalThreshold(Array.from({ length: 39 }, random), 0.05);
      if (random() > threshold) alarms++;
    }
    expect(alarms / 4000).toBeGreaterThan(0.035);
    expect(alarms / 4000).toBeLessThan(0.065);
  });
});

describe('announced activities', () => {
  it('cover so many commands of that role in that time, and no more', () => {
    const plan = [{ fromUs: 10, toUs: 20, role: 1, allowances: [{ opcode: 5, count: 2 }] }];
    const used = firstAllowances();
    const ask = (atUs: number, role: number, opcode: number): boolean =>
      isAnnounced({ passes: [], plan }, used, {
        atUs,
        opcode,
        args: [],
        role,
        station: 0,
        mode: 0,
        authorisations: 1,
        executeUs: atUs,
      });
    expect([ask(9, 1, 5), ask(21, 1, 5), ask(15, 0, 5), ask(15, 1, 6)]).toEqual([false, false, false, false]);
    expect([ask(10, 1, 5), ask(20, 1, 5), ask(20, 1, 5)]).toEqual([true, true, false]);
  });
});
