import { describe, expect, it } from 'vitest';
import { connectionTest } from '../../../src/fsw/connection-test/behaviour.ts';
import { componentBench } from '../../support/component-bench.ts';

const bench = () => componentBench(connectionTest([101]));

describe('connection-test', () => {
  it('TST-01 answers are-you-alive', () => {
    const b = bench();
    b.call('AreYouAlive');
    expect(b.out('report')).toEqual([{ service: 17, subtype: 2, data: new Uint8Array(0) }]);
    expect([b.outcomes, b.value('alive')]).toEqual([['done'], 1]);
  });

  it('TST-02 answers the test of a process that is aboard', () => {
    const b = bench();
    b.call('TestConnection', { apid: 101 });
    expect(b.out('report')).toEqual([{ service: 17, subtype: 4, data: Uint8Array.of(0, 101) }]);
    expect([b.outcomes, b.value('connections')]).toEqual([['done'], 1]);
  });

  it('TST-03 fails the test of any other process', () => {
    const b = bench();
    b.call('TestConnection', { apid: 102 });
    expect([b.out('report'), b.outcomes, b.value('failures')]).toEqual([[], [{ failed: 'unknown process' }], 1]);
  });
});
