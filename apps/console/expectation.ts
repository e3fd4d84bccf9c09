// What a script may expect, as data, and whether it has come true. `expect [no] WHAT [within TIME]`:
//   tm NAME OP VALUE        the newest value of a channel        stat NAME OP VALUE    a channel of the ground
//   event NAME, alert NAME  of the spacecraft, of the ground, since the last line that sent something
//   command WHAT            a status or a stage of the command that was sent last
//   directive WHAT          accepted, rejected, confirmed or failed, of the last directives
// OP is =, !=, <, <=, >, >= or ~ (contains). Without `within` it may take ten seconds of the run.
import { valueText } from '../../src/dictionary/format-event.ts';
import { isSpace, splitTokens, unquote } from '../../src/dictionary/tokens.ts';
import { type CommandStatus, type StageName, stageNames } from '../../src/ground/verification/command-record.ts';
import type { Desk } from './desk.ts';
import { durationUs } from './duration.ts';
import { matcher } from './pattern.ts';

const operators = ['=', '!=', '<', '<=', '>', '>=', '~'] as const;
type Operator = (typeof operators)[number];

export interface Expectation {
  /** Expected not to come true in the time given. */
  readonly not: boolean;
  readonly withinUs: number;
  /** As it was written. */
  readonly text: string;
  readonly holds: (desk: Desk) => boolean;
  /** What there is instead, for the line that tells of a failure. */
  readonly got: (desk: Desk) => string;
}

export const DEFAULT_WITHIN_US = 10_000_000;

type Judged = Pick<Expectation, 'holds' | 'got'>;
export type Read = { readonly ok: true; readonly value: Expectation } | { readonly ok: false; readonly reason: string };

const compare = (value: unknown, operator: Operator, wanted: string): boolean => {
  if (value === undefined) return false;
  const text = valueText(value);
  if (operator === '~') return text.includes(wanted);
  const numbers = typeof value === 'number' && wanted.trim() !== '' && !Number.isNaN(Number(wanted));
  if (operator === '=' || operator === '!=')
    return (numbers ? value === Number(wanted) : text === wanted) === (operator === '=');
  if (!numbers) return false;
  const limit = Number(wanted);
  if (operator === '<') return value < limit;
  if (operator === '<=') return value <= limit;
  return operator === '>' ? value > limit : value >= limit;
};

const readingOf =
  (read: (desk: Desk, name: string) => unknown) =>
  ([name, operator, ...rest]: readonly string[]): Judged | string => {
    const known = operators.find((each) => each === operator);
    if (name === undefined || known === undefined || rest.length === 0)
      return `expected NAME, one of ${operators.join(' ')}, and a value`;
    const wanted = rest.map(unquote).join(' ');
    return {
      holds: (desk) => compare(read(desk, name), known, wanted),
      got: (desk) => {
        const value = read(desk, name);
        return value === undefined ? `${name} has no value yet` : `${name} is ${valueText(value)}`;
      },
    };
  };

const eventOf =
  (where: 'orbiter' | 'ground') =>
  (words: readonly string[]): Judged | string => {
    if (words.length !== 1) return 'expected the name of an event';
    const matches = matcher(words[0]!);
    const from = ({ seen }: Desk) => seen.events.filter((event) => event.where === where);
    return {
      holds: (desk) => from(desk).some(({ name }) => matches(name)),
      got: (desk) => [...new Set(from(desk).map(({ name }) => name))].join(', ') || 'no event',
    };
  };

const statuses: readonly CommandStatus[] = ['open', 'completed', 'failed', 'refused', 'overdue'];

const commandOf = (words: readonly string[]): Judged | string => {
  const wanted = words.map(unquote).join(' ');
  const status = statuses.find((each) => each === wanted);
  const stage: StageName | undefined = stageNames.find((each) => each === wanted);
  if (status === undefined && stage === undefined)
    return `expected one of ${[...new Set([...statuses, ...stageNames])].join(', ')}`;
  const record = (desk: Desk) => (desk.lastToken === undefined ? undefined : desk.session.record(desk.lastToken));
  return {
    holds: (desk) => {
      const last = record(desk);
      if (last === undefined) return false;
      return last.status === status || (status === undefined && last.stages.some((each) => each.stage === stage));
    },
    got: (desk) => {
      const last = record(desk);
      if (last === undefined) return 'no command was sent';
      const { stage, detail } = last.stages.at(-1) ?? { stage: 'nothing', detail: undefined };
      return `${last.name} is ${last.status}: ${stage}${detail === undefined ? '' : ` (${detail})`}`;
    },
  };
};

const directiveStates = ['accepted', 'rejected', 'confirmed', 'failed'] as const;

const directiveOf = ([wanted, ...more]: readonly string[]): Judged | string => {
  const state = directiveStates.find((each) => each === wanted);
  if (state === undefined || more.length > 0) return `expected one of ${directiveStates.join(', ')}`;
  return {
    holds: ({ seen }) => seen.directives.some((answer) => answer.state === state),
    got: ({ seen }) =>
      seen.directives.map(({ name, state, reason }) => `${name} ${state} ${reason}`).join(', ') || 'no answer',
  };
};

const subjects: Readonly<Record<string, (words: readonly string[]) => Judged | string>> = {
  tm: readingOf((desk, name) => desk.session.latest(name)?.value),
  stat: readingOf((desk, name) => desk.session.statistics()[name]),
  event: eventOf('orbiter'),
  alert: eventOf('ground'),
  command: commandOf,
  directive: directiveOf,
};

/** Reads what stands behind `expect`. The reason of a refusal says what was expected. */
export const readExpectation = (text: string): Read => {
  let words = splitTokens(text, isSpace).map((token) => token.text);
  const not = words[0] === 'no';
  if (not) words = words.slice(1);
  let withinUs = DEFAULT_WITHIN_US;
  if (words.at(-2) === 'within') {
    const given = durationUs(words.at(-1) ?? '');
    if (given === undefined)
      return { ok: false, reason: `expect within: expected a time such as 5s, got '${words.at(-1)}'` };
    withinUs = given;
    words = words.slice(0, -2);
  }
  const [subject = '', ...rest] = words;
  const read = Object.hasOwn(subjects, subject) ? subjects[subject] : undefined;
  if (read === undefined)
    return { ok: false, reason: `expect: expected ${Object.keys(subjects).join(', ')} or refused, got '${subject}'` };
  const judged = read(rest);
  if (typeof judged === 'string') return { ok: false, reason: `expect ${subject}: ${judged}, got '${rest.join(' ')}'` };
  return { ok: true, value: { not, withinUs, text, ...judged } };
};
