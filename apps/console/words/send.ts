// Commands of the dictionary: sent under FOP-1 or past it, checked without being sent, and listed.
import { complete, signatureOf } from '../../../src/dictionary/complete.ts';
import { misfitText } from '../../../src/dictionary/encode.ts';
import { parseCommandLine } from '../../../src/dictionary/parse-arguments.ts';
import { argumentsText } from '../command-lines.ts';
import { type Answer, type Desk, done, refused, type Word } from '../desk.ts';
import { matcher } from '../pattern.ts';
import { clip } from '../text-width.ts';

/** Refused here is refused before anything was sent. */
export const sendCommand = (desk: Desk, line: string, bypass: boolean): Answer => {
  const parsed = parseCommandLine(desk.dictionary, line);
  if (!parsed.ok) return refused(misfitText(parsed.misfit));
  const sent = desk.session.send(parsed.value.entry.name, parsed.value.values, { bypass });
  if (!sent.ok) return refused(sent.reason);
  desk.lastToken = sent.token;
  return done();
};

/** Candidates for a line that stands behind a word of the console. */
const completeRest: NonNullable<Word['complete']> = (desk, _, rest) => complete(desk.dictionary, rest).candidates;

export const bypass: Word = {
  name: 'bypass',
  usage: 'COMMAND ...',
  help: 'send a command past FOP-1 and FARM-1, also in lockout',
  more: ['it travels as BD frame: expedited, not sequence-controlled, and is not sent again when it is lost'],
  sends: true,
  run: (desk, rest) => sendCommand(desk, rest, true),
  complete: completeRest,
};

export const check: Word = {
  name: 'check',
  usage: 'COMMAND ...',
  help: 'say whether it would be sent, and send nothing',
  run: (desk, rest) => {
    const parsed = parseCommandLine(desk.dictionary, rest);
    if (!parsed.ok) return refused(misfitText(parsed.misfit));
    const { entry, values } = parsed.value;
    const reason = desk.session.check(entry.name, values);
    return reason === undefined
      ? done(`${entry.name}${argumentsText(values, entry.name, desk.dictionary)}: would be sent`)
      : refused(reason);
  },
  complete: completeRest,
};

export const commands: Word = {
  name: 'commands',
  usage: '[PATTERN]',
  help: 'commands of the spacecraft, by a part of their names',
  run: (desk, rest) => {
    const chosen = desk.dictionary.commands.all.filter(({ name }) => matcher(rest)(name));
    if (chosen.length === 0) return refused(`commands: expected a part of a command's name, got '${rest}'`);
    return done(...chosen.map((entry) => clip(signatureOf(entry), desk.width())));
  },
};
