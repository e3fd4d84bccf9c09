// The reference of commands, events, channels, parameters and housekeeping structures, as one Markdown page.
import type { AnyField, Fields } from '../kernel/field.ts';
import type { CommandEntry, Dictionary } from './dictionary.ts';
import { expectation, typeName } from './fields.ts';
import { valueText } from './format-event.ts';
import { dictionaryVersion } from './json.ts';
import { idText } from './names.ts';

const cellText = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]): string => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
};

const describe = (field: AnyField): string =>
  [`${typeName(field)}: ${expectation(field)}`, field.unit, field.doc].filter(Boolean).join('; ');

const fieldsText = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, field]) => `\`${name}\` ${describe(field)}`)
    .join('<br>') || 'none';

const carrier = ({ standard }: CommandEntry): string =>
  standard ? `(${standard.service},${standard.subtype})` : '(8,1)';

const seconds = (micros: number): string => (micros === 0 ? 'at once' : `${micros / 1_000_000} s`);

/** Ends with a newline. Sections stand in the order of ids. */
export const dictionaryMarkdown = (dictionary: Dictionary, title = 'Dictionary'): string =>
  [
    `# ${title}`,
    `Version \`${dictionaryVersion(dictionary)}\`. Integers are big-endian; an enumeration is one octet.`,
    '## Commands',
    table(
      ['Opcode', 'Name', 'Service', 'Answered', 'Arguments', 'What it does'],
      dictionary.commands.all.map((entry) => [
        idText(entry.id),
        `\`${entry.name}\``,
        carrier(entry),
        seconds(entry.withinUs),
        fieldsText(entry.fields),
        entry.doc ?? '',
      ]),
    ),
    '## Events',
    table(
      ['Id', 'Name', 'Severity', 'Text', 'Arguments'],
      dictionary.events.all.map((entry) => [
        idText(entry.id),
        `\`${entry.name}\``,
        entry.severity,
        entry.format,
        fieldsText(entry.fields),
      ]),
    ),
    '## Channels',
    table(
      ['Id', 'Name', 'Value'],
      dictionary.channels.all.map((entry) => [idText(entry.id), `\`${entry.name}\``, describe(entry.field)]),
    ),
    '## Parameters',
    table(
      ['Id', 'Name', 'Initial', 'Value'],
      dictionary.params.all.map((entry) => [
        idText(entry.id),
        `\`${entry.name}\``,
        valueText(entry.initial),
        describe(entry.field),
      ]),
    ),
    '## Housekeeping structures',
    table(
      ['SID', 'Name', 'Interval', 'Channels'],
      dictionary.structures.all.map((entry) => [
        String(entry.sid),
        entry.name,
        `${entry.intervalTenths / 10} s`,
        entry.channels.map((name) => `\`${name}\``).join('<br>'),
      ]),
    ),
    '',
  ].join('\n\n');
