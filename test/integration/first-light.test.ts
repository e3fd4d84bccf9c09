// The orbiter alone, from CLTU to telemetry frame: what issue `First light` asks of a command.
import { describe, expect, it } from 'vitest';
import { pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { verificationReport } from '../../src/ccsds/pus/st01-verification.ts';
import { failureText } from '../../src/dictionary/failure-codes.ts';
import { cltuOf, orbiterBench, telecommandOf } from '../support/orbiter-bench.ts';

describe('first light', () => {
  it('answers a ping with its stages and TM(17,2)', () => {
    const bench = orbiterBench();
    bench.run(50_000);
    bench.command('connectionTest.AreYouAlive');
    bench.run(1_000_000);
    expect(bench.kinds([1, 17])).toEqual(['1,1', '1,3', '17,2', '1,7']);
    expect(bench.value('dispatcher.completed')).toBe(1);
  });
});
