// Answers both test requests. A process is reachable when the mission's tables list it: all of them share this graph.
import { connectionTest as connectionReport, st17 } from '../../ccsds/pus/st17-test.ts';
import { type Component, component } from '../../kernel/component.ts';
import type { Outcome } from '../../kernel/declare.ts';
import type { Step } from '../../kernel/machine.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';
import { ConnectionTest } from './declaration.ts';

interface Counts {
  readonly alive: number;
  readonly connections: number;
  readonly failures: number;
}

type TestAction =
  | { readonly type: 'report'; readonly message: TelemetryMessage }
  | { readonly type: 'alive' }
  | { readonly type: 'tested'; readonly outcome: Outcome };

type To = Step<Counts, TestAction>;

const alive = (counts: Counts): To => [
  { ...counts, alive: counts.alive + 1 },
  { type: 'report', message: { service: 17, subtype: st17.alive, data: new Uint8Array(0) } },
  { type: 'alive' },
];

const reached = (counts: Counts, apid: number): To => [
  { ...counts, connections: counts.connections + 1 },
  {
    type: 'report',
    message: { service: 17, subtype: st17.connectionReport, data: connectionReport.encode(apid) },
  },
  { type: 'tested', outcome: 'done' },
];

const notReached = (counts: Counts): To => [
  { ...counts, failures: counts.failures + 1 },
  { type: 'tested', outcome: { failed: 'unknown process' } },
];

export const connectionTest = (apids: readonly number[]): Component<(typeof ConnectionTest)['shape']> =>
  component(ConnectionTest, ({ cmd, run, sinks }) => {
    const tests = run<Counts>({ alive: 0, connections: 0, failures: 0 })
      .on(cmd.AreYouAlive, alive)
      .on(cmd.TestConnection, (counts, { apid }) =>
        apids.includes(apid) ? reached(counts, apid) : notReached(counts),
      );
    return sinks({
      out: { report: tests.only('report', ({ message }) => message) },
      cmd: {
        AreYouAlive: tests.only('alive', () => 'done' as const),
        TestConnection: tests.only('tested', (a) => a.outcome),
      },
      tlm: {
        alive: tests.state((counts) => counts.alive),
        connections: tests.state((counts) => counts.connections),
        failures: tests.state((counts) => counts.failures),
      },
    });
  });
