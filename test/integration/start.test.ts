// The verb `start` as a process: what it says without a terminal, how soon it lives, how it ends, and how it fails.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bindUdp } from '../../src/devices/real/udp-port.ts';
import { runProgram } from '../support/program.ts';

const scripts = fileURLToPath(new URL('../support/scripts', import.meta.url));

describe('tharsis start', () => {
  it('runs headless without a terminal, says so, shows telemetry soon, and ends cleanly', async () => {
    const started = performance.now();
    const program = runProgram('start', '--tc-port', '0', '--tm-port', '0', '--json', '--speed', '4');
    await program.line((line) => line.includes('"kind":"telemetry"'), 'telemetry');
    // Of these, the start of the interpreter and the translation of the sources take most.
    expect(performance.now() - started).toBeLessThan(8_000);
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
    expect(program.errors).toEqual([]);
    for (const line of program.lines) expect(typeof JSON.parse(line).kind).toBe('string');
  });

  it('says that it runs headless', async () => {
    const program = runProgram('start', '--tc-port', '0', '--tm-port', '0');
    await program.line((line) => line.includes('running headless'), 'the word of it');
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
  });

  it('ends cleanly when its terminal goes away, and a script that was interrupted has not passed', async () => {
    const runs = [
      runProgram('start', '--tc-port', '0', '--tm-port', '0'),
      runProgram('orbiter', '--tc-port', '0', '--tm-port', '9'),
      runProgram('console', '--tc-port', '9', '--tm-port', '0', '--script', `${scripts}/nobody-answers.txt`),
    ];
    for (const { line } of runs) await line(() => true, 'its first word');
    for (const { child } of runs) child.kill('SIGHUP');
    expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([0, 0, 1]);
    for (const { errors } of runs) expect(errors).toEqual([]);
  });

  it('tells of a script in JSON too, and its last line carries the verdict', async () => {
    const run = (script: string) =>
      runProgram('start', '--tc-port', '0', '--tm-port', '0', '--json', '--script', `${scripts}/${script}`);
    const passes = run('one-command.txt');
    const fails = run('one-mistake.txt');
    expect(await Promise.all([passes.ended, fails.ended])).toEqual([0, 1]);
    const told = passes.lines.map((line) => JSON.parse(line));
    expect(told.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['start', 'command', 'script']));
    expect(told.find(({ kind }) => kind === 'script').text).toBe('> dispatcher.Noop');
    expect(told.at(-1)).toMatchObject({ kind: 'script', passed: true });
    const last = JSON.parse(fails.lines.at(-1)!);
    expect(last).toMatchObject({ kind: 'script', passed: false });
    expect(last.text).toMatch(/^failed: .*one-mistake\.txt:2: exponent: expected an integer/);
  });

  it('a port in use is one line that names it, and exit code 2', async () => {
    const port = await bindUdp({ address: '127.0.0.1', port: 0 });
    const program = runProgram('start', '--tc-port', '0', '--tm-port', String(port.port));
    expect(await program.ended).toBe(2);
    expect(program.errors).toHaveLength(1);
    expect(program.errors[0]).toContain(`UDP port ${port.port} on 127.0.0.1 is in use`);
    expect(program.errors[0]).toContain('--tm-port');
    port.close();
  });

  it('wrong options are one line that says what was expected, and exit code 2', async () => {
    const wrong = [
      runProgram('start', '--speed', 'max'),
      runProgram('start', '--light-time', 'soon'),
      runProgram('console', '--tc-port', '0', '--tm-port', '0'),
      runProgram('orbiter', '--tc-port', '0', '--tm-port', '0'),
      runProgram('console', '--tcp', '--tc-port', '9', '--tm-port', '0'),
    ];
    for (const { ended, errors } of wrong) {
      expect(await ended).toBe(2);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toContain('expected');
    }
  });
});
