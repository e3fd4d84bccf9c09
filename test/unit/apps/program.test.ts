import { describe, expect, it } from 'vitest';
import { program, runProgram } from '../../../apps/program.ts';
import { hostReason, UsageError } from '../../../apps/usage-error.ts';
import { type Register, verbs } from '../../../apps/verbs.ts';

const run = async (...argv: string[]): Promise<{ code: number; out: string; err: string }> => {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string): void => {
      out += text;
    },
    err: (text: string): void => {
      err += text;
    },
  };
  return { code: await runProgram(argv, terminal, '1.2.3'), out, err };
};

const silent = { out: () => {}, err: () => {} };
const names = program(silent, '0').commands.map((verb) => verb.name());

describe('the command line', () => {
  it('prints its version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: 'tharsis 1.2.3\n', err: '' });
  });

  it('prints help that names every verb', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(names).toHaveLength(verbs.length);
  });

  it.each(names)('prints help with examples for %s', async (name) => {
    const { code, out } = await run(name, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Usage: tharsis ${name}`);
    expect(out).toMatch(new RegExp(`Examples:\\n {2}npx tharsis ${name}`));
  });

  it.each([
    [['benhc'], "tharsis: unknown command 'benhc' (did you mean bench?); expected one of "],
    [['zzz'], "tharsis: unknown command 'zzz'; expected one of "],
    [['help', 'zzz'], "tharsis: unknown command 'zzz'; expected one of "],
    [['bench', '--jsno'], "tharsis bench: unknown option '--jsno' (did you mean --json?); expected one of --json, "],
    [['--zzz'], "tharsis: unknown option '--zzz'; expected one of "],
  ])('answers %j with one line that says what was expected', async (argv, start) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.slice(0, start.length)).toBe(start);
    expect(err.indexOf('\n')).toBe(err.length - 1);
  });

  it('answers no verb with help on standard error', async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: tharsis');
  });
});

describe('errors of a verb', () => {
  const failing = async (error: unknown, ...argv: string[]): Promise<{ code: number; err: string }> => {
    let err = '';
    const terminal = {
      out: () => {},
      err: (text: string): void => {
        err += text;
      },
    };
    const register: Register = (root) => {
      root.command('fail').action(() => {
        throw error;
      });
    };
    const code = await runProgram(['fail', ...argv], terminal, '0', [register]);
    return { code, err };
  };

  it('are one line and code 2 when the user can mend them', async () => {
    expect(await failing(new UsageError('expected a file, got nothing'))).toEqual({
      code: 2,
      err: 'tharsis: expected a file, got nothing\n',
    });
    const absent = Object.assign(new Error('ENOENT: x'), { code: 'ENOENT', path: 'a.bin' });
    expect(await failing(absent)).toEqual({ code: 2, err: 'tharsis: a.bin: no such file or directory\n' });
  });

  it('are one line and code 1 when nobody expected them, with the stack only for --debug', async () => {
    const short = await failing(new TypeError('x is undefined'));
    expect(short.code).toBe(1);
    expect(short.err).toBe(
      'tharsis: unexpected: TypeError: x is undefined (run it again with --debug for the stack)\n',
    );
    const long = await failing(new TypeError('x is undefined'), '--debug');
    expect(long.code).toBe(1);
    expect(long.err).toMatch(/TypeError: x is undefined\n\s+at /);
  });

  it('name the address of a port in use', () => {
    const used = Object.assign(new Error('bind'), { code: 'EADDRINUSE', address: '127.0.0.1', port: 10018 });
    expect(hostReason(used)).toMatch(/^127\.0\.0\.1:10018: the port is in use/);
    expect(hostReason(new Error('x'))).toBeUndefined();
  });
});
