import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/dictionary/assemble.ts';
import { parameterStore } from '../../../src/fsw/parameter-store/behaviour.ts';
import type { TelemetryMessage } from '../../../src/fsw/telemetry-message.ts';
import { declare, param } from '../../../src/kernel/declare.ts';
import { enumOf, f32, text, u8, u16 } from '../../../src/kernel/field.ts';
import type { ParamRequest } from '../../../src/kernel/patterns.ts';
import { componentBench } from '../../support/component-bench.ts';
import { orbiterBench } from '../../support/orbiter-bench.ts';

const Unit = declare('Unit', {
  params: { level: param(0, u16({ max: 1000 }), 5), gain: param(1, u8(), 1), mode: param(2, enumOf(['a', 'b']), 'a') },
});
const dictionary = assemble([{ instance: 'unit', base: 0x0400, declared: Unit }]);

/** The store with the kernel played by hand. */
const bench = () => {
  const made = componentBench(parameterStore(dictionary));
  const values: Record<number, unknown> = { 1024: 5, 1025: 1, 1026: 'b' };
  const answer = (): void => {
    const { token, get = [], set = [] } = made.out<ParamRequest>('request').at(-1)!;
    for (const { id, value } of set) values[id] = value;
    const ids = [...get, ...set.map(({ id }) => id)];
    made.send('reply', { token, values: ids.map((id) => ({ id, value: values[id] })), refused: [] });
  };
  const set = (...octets: number[]): void => made.call('SetParameters', { settings: Uint8Array.from(octets) });
  return { ...made, values, answer, set };
};

describe('parameter-store', () => {
  it('PRM-01 reports values in the order of the request', () => {
    const b = bench();
    b.call('ReportParameters', { parameters: [{ id: 0x0402 }, { id: 0x0400 }] });
    b.answer();
    const [message] = b.out<TelemetryMessage>('report');
    expect([message!.service, message!.subtype, ...message!.data]).toEqual([20, 2, 2, 4, 2, 1, 4, 0, 0, 5]);
    expect([b.outcomes, b.value('reported')]).toEqual([['done'], 2]);
  });

  it('PRM-02 sets all that a request names, and tells of each', () => {
    const b = bench();
    b.set(2, 4, 0, 3, 0xe8, 4, 1, 9);
    b.answer();
    expect([b.values[0x0400], b.values[0x0401], b.outcomes]).toEqual([1000, 9, ['done']]);
    expect(b.eventArgs).toEqual([{ id: 0x0400 }, { id: 0x0401 }]);
  });

  it('PRM-02 PRM-06 reaches the component over the whole way', () => {
    const b = orbiterBench();
    b.run(50_000);
    b.command('parameters.SetParameters', { settings: Uint8Array.of(1, 0x0d, 0, 5) });
    b.command('parameters.ReportParameters', { parameters: [{ id: 0x0d00 }] });
    b.run(500_000);
    expect(b.graph.find('health').params).toEqual([5]);
    expect([...b.packets.find(({ service }) => service === 20)!.data]).toEqual([1, 0x0d, 0, 5]);
    expect(b.kinds([1]).filter((kind) => kind === '1,7').length).toBe(2);
  });

  it('PRM-04 refuses a text that is cut or too long by the name of its parameter', () => {
    const Named = declare('Named', { params: { label: param(0, text(3), '') } });
    const b = componentBench(parameterStore(assemble([{ instance: 'named', base: 0x0400, declared: Named }])));
    b.call('SetParameters', { settings: Uint8Array.of(1, 4, 0, 2, 65) });
    b.call('SetParameters', { settings: Uint8Array.of(1, 4, 0, 4, 65, 65, 65, 65) });
    const refused = { failed: 'bad parameter value: named.label' };
    expect([b.outcomes, b.out('request')]).toEqual([[refused, refused], []]);
  });

  it('PRM-02 PRM-04 refuses what is no number before anything is set', () => {
    const Tuned = declare('Tuned', { params: { level: param(0, u8(), 1), gain: param(1, f32(), 1) } });
    const b = componentBench(parameterStore(assemble([{ instance: 'tuned', base: 0x0400, declared: Tuned }])));
    b.call('SetParameters', { settings: Uint8Array.of(2, 4, 0, 9, 4, 1, 0x7f, 0xc0, 0, 0) });
    expect([b.outcomes, b.out('request')]).toEqual([[{ failed: 'bad parameter value: tuned.gain' }], []]);
  });

  it('PRM-03 refuses an unknown parameter', () => {
    const b = bench();
    b.call('ReportParameters', { parameters: [{ id: 0x0400 }, { id: 0x0999 }] });
    b.set(1, 9, 9, 0);
    expect(b.outcomes).toEqual([{ failed: 'unknown parameter: 0x0999' }, { failed: 'unknown parameter: 0x0909' }]);
    expect([b.out('request'), b.value('refused')]).toEqual([[], 2]);
  });

  it.each([[[2, 4, 1, 9, 4, 0, 3, 0xe9]], [[1, 4, 2, 2]]])(
    'PRM-04 refuses a value outside its range and sets nothing: %j',
    (octets) => {
      const b = bench();
      b.set(...octets);
      expect([b.out('request'), b.outcomes[0]]).toEqual([
        [],
        { failed: expect.stringMatching(/^bad parameter value: /) },
      ]);
    },
  );

  it('PRM-05 refuses settings that are cut or too long', () => {
    const b = bench();
    b.set(1, 4, 0, 0);
    b.set(1, 4, 1, 0, 0);
    b.set();
    expect(b.outcomes).toEqual([
      { failed: 'arguments too short' },
      { failed: 'arguments too long' },
      { failed: 'arguments too short' },
    ]);
  });

  it('PRM-06 answers each of several open requests once, in any order of replies', () => {
    const b = bench();
    b.call('ReportParameters', { parameters: [{ id: 0x0401 }] });
    b.call('ReportParameters', { parameters: [{ id: 0x0400 }] });
    const [one, two] = b.out<ParamRequest>('request');
    for (const { token, get } of [two!, one!, one!])
      b.send('reply', { token, values: get!.map((id) => ({ id, value: b.values[id] })), refused: [] });
    expect([b.outcomes, b.value('underWay')]).toEqual([['done', 'done'], 0]);
    b.set(1, 4, 1, 3);
    const { token } = b.out<ParamRequest>('request').at(-1)!;
    b.send('reply', { token, values: [], refused: [{ id: 0x0401, reason: 'above its maximum' }] });
    expect(b.outcomes.at(-1)).toEqual({ failed: 'bad parameter value: unit.gain' });
  });
});
