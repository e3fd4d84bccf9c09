import { describe, expect, it } from 'vitest';
import { consoleBench } from '../../../support/console-bench.ts';

const shown = async (b: ReturnType<typeof consoleBench>, name: string): Promise<string | undefined> => {
  const answer = await b.line('link');
  const line = answer.ok ? answer.lines.find((each) => each.startsWith(`uplink.${name} `)) : undefined;
  return line?.slice(`uplink.${name}`.length).trim();
};

describe('link', () => {
  it.each([
    ['k 4', 'windowWidth', '32', '4'],
    ['limit 5', 'transmissionLimit', '3', '5'],
    ['timeout 1', 'timeoutType', '0', '1'],
    ['t1 4.25s', 'timerInitialUs', '3 s', '4.25 s'],
  ])('shows what link set %s has changed', async (setting, name, before, after) => {
    const b = consoleBench();
    b.ready();
    expect(await shown(b, name)).toBe(before);
    await b.line(`link set ${setting}`);
    b.until(() => b.printed.some((line) => line.includes('confirmed')));
    expect(await shown(b, name)).toBe(after);
  });

  it('keeps a setting that FOP-1 refuses, and shows that it is not suspended', async () => {
    const b = consoleBench();
    b.ready();
    await b.line('link set k 65');
    b.until(() => b.printed.some((line) => line.includes('rejected')));
    expect(await shown(b, 'windowWidth')).toBe('32');
    expect(await shown(b, 'suspendState')).toBe('0');
  });
});
