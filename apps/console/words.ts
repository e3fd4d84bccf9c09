// All words of the console, in the order in which help lists them.
import { LEAST_SPEED, MOST_SPEED } from '../options.ts';
import { type Answer, done, refused, type Word } from './desk.ts';
import { helpWord } from './words/help.ts';
import { drop, link, raw, rawCltu, rawFrame } from './words/link.ts';
import { events, graph, sent, time } from './words/look.ts';
import { bypass, check, commands } from './words/send.ts';
import { tm, unwatch, watch } from './words/telemetry.ts';
import { expect, wait } from './words/wait.ts';

const speed: Word = {
  name: 'speed',
  usage: '[FACTOR]',
  help: 'how fast the run goes against the clock',
  run: ({ pacing }, rest): Answer => {
    if (pacing === undefined) return refused('speed: expected a run of this process, got one that goes elsewhere');
    if (rest !== '') {
      const factor = Number(rest);
      if (!(factor >= LEAST_SPEED && factor <= MOST_SPEED))
        return refused(`speed: expected a factor from ${LEAST_SPEED} to ${MOST_SPEED}, got '${rest}'`);
      pacing.setSpeed(factor);
    }
    return done(`the run goes at ${pacing.speed} times the clock`);
  },
};

const run: Word = {
  name: 'run',
  usage: 'FILE',
  help: 'run a script: lines as typed here, wait and expect',
  run: (desk, rest) => (rest === '' ? refused('run: expected a file') : desk.runScript(rest)),
};

const clear: Word = {
  name: 'clear',
  usage: '',
  help: 'empty the terminal',
  minor: true,
  run: (desk) => {
    desk.clear();
    return done();
  },
};

const quit: Word = {
  name: 'quit',
  usage: '',
  help: 'leave; also exit, Ctrl-D, Ctrl-C on an empty line',
  more: ['Ctrl-Z stops the program until the shell is told fg; the host gives up the time that goes by.'],
  run: (desk) => {
    desk.quit(0);
    return done();
  },
};

const help = helpWord(() => words);

/** Words that are not listed in help, because another one does the same. */
export const aliases: Readonly<Record<string, string>> = { exit: 'quit', '?': 'help' };

// biome-ignore format: grouped by what they are for
export const words: readonly Word[] = [
  help, commands, check, bypass, tm, watch, unwatch, events, sent, time,
  link, drop, raw, rawFrame, rawCltu, graph, speed, run, wait, expect, clear, quit,
];

export const findWord = (name: string): Word | undefined =>
  words.find((word) => word.name === (Object.hasOwn(aliases, name) ? aliases[name] : name));
