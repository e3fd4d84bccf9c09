// Colour for a terminal: only the default colours and those of the eight that read on dark and on light ground. White,
// black, yellow and blue are not among them. Without colour every style is the text itself.
import type { Severity } from '../../src/kernel/declare.ts';

export interface Style {
  readonly bold: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly odd: (text: string) => string;
  readonly name: (text: string) => string;
  /** A bar of the whole width: the ground and the text change places. */
  readonly bar: (text: string) => string;
  severity(severity: Severity): (text: string) => string;
}

type Paint = (text: string) => string;

const ESCAPE = '\u001b[';
const painted =
  (on: string, off: string): Paint =>
  (text) =>
    `${ESCAPE}${on}m${text}${ESCAPE}${off}m`;
const plain: Paint = (text) => text;

const styleOf = (paints: Omit<Style, 'severity'>, loud: Paint): Style => {
  const severities: Readonly<Record<Severity, Paint>> = {
    info: plain,
    low: paints.name,
    medium: paints.odd,
    high: loud,
  };
  return { ...paints, severity: (severity) => severities[severity] };
};

const colours = {
  bold: painted('1', '22'),
  good: painted('32', '39'),
  bad: painted('31', '39'),
  odd: painted('35', '39'),
  name: painted('36', '39'),
  bar: painted('7', '27'),
};

export const coloured: Style = styleOf(colours, (text) => colours.bold(colours.bad(text)));
export const uncoloured: Style = styleOf(
  { bold: plain, good: plain, bad: plain, odd: plain, name: plain, bar: plain },
  plain,
);

/** What the user's environment asks for: NO_COLOR with any content, or a dumb terminal, means none. */
export const styleFor = (isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style => {
  if (!isTerminal || (environment.NO_COLOR ?? '') !== '' || environment.TERM === 'dumb') return uncoloured;
  return coloured;
};
