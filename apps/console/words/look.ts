// Words that look back and around: events, sent commands, the graph, the times.
import type { CommandRecord } from '../../../src/ground/verification/command-record.ts';
import { settledLines } from '../command-lines.ts';
import { type Answer, type Desk, done, refused, type Word } from '../desk.ts';
import { eventLines } from '../event-lines.ts';
import { graphTable } from '../graph-table.ts';
import { matcher } from '../pattern.ts';
import { clip } from '../text-width.ts';
import { clockText, onboardText, spanText } from '../time-text.ts';

const DEFAULT_COUNT = 20;
const MAX_COUNT = 1000;

/** `[N] [PATTERN]` in either order. */
const countAndPattern = (rest: string): { readonly count: number; readonly pattern: string } => {
  const words = rest.split(/\s+/).filter((word) => word !== '');
  const number = words.find((word) => /^\d+$/.test(word));
  return {
    count: Math.min(MAX_COUNT, number === undefined ? DEFAULT_COUNT : Number(number)),
    pattern: words.filter((word) => word !== number).join(' '),
  };
};

const pastEvents = (desk: Desk, rest: string): Answer => {
  const { count, pattern } = countAndPattern(rest);
  const chosen = desk.past.filter(({ name }) => matcher(pattern)(name)).slice(-count);
  if (chosen.length === 0) return done(pattern === '' ? 'no event has come in yet' : `no event like '${pattern}'`);
  return done(...chosen.flatMap((event) => eventLines(event, desk.width(), desk.style)));
};

export const events: Word = {
  name: 'events',
  usage: '[N] [PATTERN]',
  help: `the last N events of spacecraft and ground (${DEFAULT_COUNT})`,
  run: pastEvents,
};

export const sent: Word = {
  name: 'sent',
  usage: '[N] [PATTERN]',
  help: `the last N commands (${DEFAULT_COUNT}) and what became of them`,
  run: async (desk, rest) => {
    const { count, pattern } = countAndPattern(rest);
    const items = await desk.session.query({ kind: 'command', limit: MAX_COUNT });
    const newest = new Map<number, CommandRecord>();
    for (const { data } of items) newest.set((data as CommandRecord).token, data as CommandRecord);
    const chosen = [...newest.values()].filter(({ name }) => matcher(pattern)(name)).slice(-count);
    if (chosen.length === 0) return done('no such command was sent yet');
    return done(...chosen.flatMap((record) => settledLines(record, desk.width(), desk.style, desk.dictionary)));
  },
};

export const graph: Word = {
  name: 'graph',
  usage: '[NAME]',
  help: 'components of the ground: queues, drops, channels',
  more: ['with a part of a name: every channel and queue of the components so named'],
  run: (desk, rest) => {
    const state = desk.session.inspect();
    if (rest === '') return done(...graphTable(state, desk.width(), desk.style));
    const chosen = state.instances.filter(({ name }) => matcher(rest)(name));
    if (chosen.length === 0)
      return refused(`graph: expected one of ${state.instances.map(({ name }) => name).join(', ')}, got '${rest}'`);
    return done(
      ...chosen.flatMap((each) => [
        `${desk.style.bold(each.name)} (${each.component}), resets ${each.resets}, waiting ${each.waiting}`,
        ...each.inlets.map(
          ({ port, waiting, highWater, depth }) => `  ${port}: ${waiting} waiting, most ${highWater} of ${depth}`,
        ),
        ...Object.entries(each.channels).map(([name, value]) => clip(`  ${name} = ${String(value)}`, desk.width())),
        ...each.unwired.map((port) => `  ${port} leads nowhere`),
      ]),
    );
  },
  complete: (desk, words) =>
    desk.session
      .inspect()
      .instances.map(({ name }) => name)
      .filter((name) => name.startsWith(words.at(-1) ?? ''))
      .map((text) => ({ text, help: '' })),
};

export const time: Word = {
  name: 'time',
  usage: '',
  help: 'time of the run and on-board time',
  run: ({ session, sight, host }) => {
    const nowUs = session.nowUs();
    const late = host === undefined || host.slippedUs === 0 ? [] : [`given up ${spanText(host.slippedUs)} by the host`];
    if (sight === undefined)
      return done(`run ${clockText(nowUs)}`, 'no report of the spacecraft has come in yet', ...late);
    const ageUs = nowUs - sight.receivedUs;
    return done(
      `run      ${clockText(nowUs)}`,
      `on board ${onboardText(sight.onboardUs + ageUs, true)} UTC, by the report of ${spanText(ageUs)} ago`,
      ...late,
    );
  },
};
