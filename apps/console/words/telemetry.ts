// Words that look at telemetry: the newest values, and values that stay in sight.
import { completeName } from '../../../src/dictionary/complete.ts';
import type { LatestValue } from '../../../src/ground/session.ts';
import { type Desk, done, refused, type Word } from '../desk.ts';
import { matcher } from '../pattern.ts';
import { type ShownValue, valueTable } from '../value-table.ts';

export const shownValue = (desk: Desk, { name, value, receivedUs }: LatestValue): ShownValue => ({
  name,
  value,
  unit: (desk.dictionary.channels.byName(name) ?? desk.dictionary.params.byName(name))?.field.unit,
  ageUs: Math.max(0, desk.session.nowUs() - receivedUs),
});

const names = (desk: Desk, prefix: string) => [
  ...completeName(desk.dictionary.channels, prefix),
  ...completeName(desk.dictionary.params, prefix),
];

export const tm: Word = {
  name: 'tm',
  usage: '[PATTERN]',
  help: 'newest values of channels, by a part of their names',
  more: ['PATTERN is a part of the name, or a whole name with * for anything: tm frames, tm *.vc0Mode'],
  run: (desk, rest) => {
    const all = desk.session.allLatest();
    const wanted = all.filter(({ name }) => matcher(rest)(name));
    if (all.length === 0) return done('no telemetry has come in yet');
    if (wanted.length === 0) return refused(`tm: expected a part of a channel's name, got '${rest}'`);
    const sorted = wanted.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return done(
      ...valueTable(
        sorted.map((each) => shownValue(desk, each)),
        desk.width(),
        desk.style,
      ),
    );
  },
  complete: (desk, words) => names(desk, words.at(-1) ?? '').map((text) => ({ text, help: '' })),
};

/** More would leave no room for anything else. */
export const MAX_WATCHED = 24;

export const watch: Word = {
  name: 'watch',
  usage: 'CHANNEL...',
  help: 'keep values in sight above the prompt; unwatch',
  more: ['* stands for anything: watch uplink.*', 'unwatch takes them away again'],
  run: (desk, rest) => {
    const wanted = rest.split(/\s+/).filter((word) => word !== '');
    const known = [...desk.dictionary.channels.all, ...desk.dictionary.params.all].map(({ name }) => name);
    const chosen = wanted.flatMap((word) => {
      const exact = known.filter((name) => name === word);
      return exact.length > 0 ? exact : known.filter(matcher(word.includes('*') ? word : `*${word}*`));
    });
    const wrong = wanted.find((word) => !known.some(matcher(word)));
    if (wrong !== undefined) return refused(`watch: expected a channel of the dictionary, got '${wrong}'`);
    const watched = [...new Set([...desk.watched, ...chosen])];
    if (watched.length > MAX_WATCHED)
      return refused(`watch: expected at most ${MAX_WATCHED} channels, got ${watched.length}`);
    desk.watched = watched;
    return done(
      wanted.length === 0 ? `watched: ${desk.watched.join(', ') || 'nothing'}` : `watching ${chosen.join(', ')}`,
    );
  },
  complete: (desk, words) => names(desk, words.at(-1) ?? '').map((text) => ({ text, help: '' })),
};

export const unwatch: Word = {
  name: 'unwatch',
  usage: '[CHANNEL...]',
  help: 'take watched values away, all without a name',
  minor: true,
  run: (desk, rest) => {
    const wanted = rest.split(/\s+/).filter((word) => word !== '');
    const wrong = wanted.find((word) => !desk.watched.some(matcher(word)));
    if (wrong !== undefined) return refused(`unwatch: expected a watched channel, got '${wrong}'`);
    desk.watched =
      wanted.length === 0 ? [] : desk.watched.filter((name) => !wanted.some((word) => matcher(word)(name)));
    return done();
  },
  complete: (desk, words) =>
    desk.watched.filter((name) => name.startsWith(words.at(-1) ?? '')).map((text) => ({ text, help: '' })),
};
