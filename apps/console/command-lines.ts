// A command's way as lines: one row while it is open, its whole chain with times when it is settled, one line a stage
// where nobody looks on.
import type { Dictionary } from '../../src/dictionary/dictionary.ts';
import { fieldText, valueText } from '../../src/dictionary/format-event.ts';
import type { CommandRecord, Stage } from '../../src/ground/verification/command-record.ts';
import type { Style } from './style.ts';
import { clip, harmless, textWidth, wrap } from './text-width.ts';
import { clockText, spanText } from './time-text.ts';

const INDENT = 13;
/** Between a number and its unit, until lines are broken. */
const NO_BREAK = '\u00a0';

const unbrokenSpan = (us: number): string => spanText(us).replaceAll(' ', NO_BREAK);

/** The arguments of a command as they may be typed again: with names for ids where the dictionary knows them. */
export const argumentsText = (
  args: Readonly<Record<string, unknown>>,
  command: string,
  dictionary?: Dictionary,
): string => {
  const fields = dictionary?.commands.byName(command)?.fields ?? {};
  const textOf = (name: string, value: unknown): string => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return dictionary === undefined || field === undefined ? valueText(value) : fieldText(dictionary, field, value);
  };
  return Object.entries(args)
    .map(([name, value]) => ` ${name}=${harmless(textOf(name, value))}`)
    .join('');
};

const wayText: Readonly<Record<CommandRecord['service'], string>> = { AD: '', BD: ' (bypass)', raw: ' (past FOP-1)' };

const headOf = ({ token, name, args, service }: CommandRecord, dictionary?: Dictionary): string =>
  `#${token} ${name}${argumentsText(args, name, dictionary)}${wayText[service]}`;

const detailed = ({ stage, detail }: Stage): string =>
  detail === undefined || detail === '' ? stage : `${stage} (${harmless(detail)})`;

const firstUs = ({ stages }: CommandRecord): number => stages[0]?.atUs ?? 0;

/** Of a name, where a row has no room for all of it. */
const LEAST_NAME = 10;

/**
 * While it is open: its name, the stage it has reached and for how long it has been on its way. In a narrow row the
 * name gives way first and the stage then: how long is what a waiting operator looks at.
 */
export const openCommandRow = (
  record: CommandRecord,
  nowUs: number,
  width: number,
  dictionary?: Dictionary,
): string => {
  const reached = record.stages.map(detailed).join(' > ');
  const elapsed = ` ... ${spanText(nowUs - firstUs(record))}`;
  const row = ` ${headOf(record, dictionary)}: ${reached}${elapsed}`;
  if (textWidth(row) < width) return row;
  const last = record.stages.at(-1);
  const stage = `: ... ${last === undefined ? '' : detailed(last)}`;
  const room = width - 1 - elapsed.length;
  const name = clip(` #${record.token} ${record.name}`, Math.max(LEAST_NAME, room - textWidth(stage)));
  return clip(name + stage, room) + elapsed;
};

/** The stage that decides, whatever came after it: an acknowledgement may come behind the last report. */
const deciding = ({ stages, status }: CommandRecord): Stage | undefined => {
  if (status === 'completed') return stages.findLast(({ stage }) => stage === 'completed') ?? stages.at(-1);
  return stages.findLast(({ stage }) => /failed$|^(refused|overdue|not delivered)$/.test(stage)) ?? stages.at(-1);
};

const verdict = (record: CommandRecord, style: Style): string => {
  const stage = deciding(record);
  const span = unbrokenSpan((stage?.atUs ?? 0) - firstUs(record));
  if (record.status === 'completed') return style.good(`${stage?.stage ?? 'completed'} after ${span}`);
  if (record.status === 'overdue') return style.odd(`no report in time, after ${span}`);
  return style.bad(`${stage?.stage ?? 'failed'} after ${span}`);
};

/** Each stage with its time, the first on the clock and the others after it; stages of one time share it. */
const chainText = ({ stages }: CommandRecord): string => {
  const startUs = stages[0]?.atUs ?? 0;
  const times = stages.map(({ atUs }, index) => (index === 0 ? clockText(atUs) : `+${unbrokenSpan(atUs - startUs)}`));
  return stages
    .map((stage, index) => (times[index] === times[index + 1] ? detailed(stage) : `${detailed(stage)} ${times[index]}`))
    .join(', ');
};

/** When it is settled: what was asked, the verdict, and the chain. */
export const settledLines = (record: CommandRecord, width: number, style: Style, dictionary?: Dictionary): string[] => {
  const endUs = record.stages.at(-1)?.atUs ?? 0;
  const head = `${clockText(endUs)} ${style.bold(headOf(record, dictionary))}  ${verdict(record, style)}`;
  const rows = [head, ' '.repeat(INDENT) + chainText(record)].flatMap((text) => wrap(text, width, INDENT));
  return rows.map((row) => row.replaceAll(NO_BREAK, ' '));
};

/** The newest stage alone. */
export const stageLine = (record: CommandRecord, dictionary?: Dictionary): string => {
  const { newest } = record;
  return `${clockText(newest.atUs)} ${headOf(record, dictionary)}: ${detailed(newest)}`;
};
