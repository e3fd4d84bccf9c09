import { describe, expect, it } from 'vitest';
import { completed } from '../../../../apps/console/interactive.ts';
import { newLine, withText } from '../../../../apps/console/line-editor.ts';
import { orbiterDictionary } from '../../../../src/orbiter/dictionary.ts';
import { consoleBench } from '../../../support/console-bench.ts';

const tab = (line: string): readonly string[] => {
  const desk = { ...consoleBench().desk, dictionary: orbiterDictionary };
  return completed(desk, withText(newLine(), line), 79).rows;
};
const missingAfter = 'health.missingAfter  u8, an integer from 1 to 255: pings in a row without an answer';

describe('Tab behind a parameter that is set', () => {
  it.each([
    'parameters.SetParameters [health.missingAfter=',
    'parameters.SetParameters [health.missingAfter=5',
    'parameters.SetParameters [timekeeper.jumpLimit=7 health.missingAfter=',
    'parameters.SetParameters settings=[health.missingAfter=',
    'parameters.SetParameters health.missingAfter=',
    'bypass SetParameters [health.missingAfter=',
  ])('shows what the parameter may be: %s', (line) => {
    const words = tab(line).map((row) => row.trim());
    expect(words.join(' ')).toBe(missingAfter);
  });

  it('tells of its unit', () => {
    expect(tab('parameters.SetParameters [timekeeper.jumpLimit=').join(' ')).toMatch(
      /^ {2}timekeeper\.jumpLimit {2}[uf]\d+, .* in us/,
    );
  });

  it('shows with each name what it may be', () => {
    const rows = tab('parameters.SetParameters [');
    expect(rows.find((row) => row.includes('health.missingAfter='))).toContain('an integer from 1 to 255');
    expect(tab('parameters.SetParameters [health.missingAfter=5 ')).toEqual(rows);
  });

  it('shows the arguments where no parameter is chosen', () => {
    for (const line of ['[nothing.likeIt=', '[health.missingAfter=5]'])
      expect(tab(`parameters.SetParameters ${line}`).join(' ')).toContain('[parameter=value ...]');
  });
});
