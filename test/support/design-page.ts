// The parts of a design page that come from the declaration: its ports, and the table of a machine.
import { farm1 } from '../../src/ccsds/cop1/farm1.ts';
import { typeName } from '../../src/dictionary/fields.ts';
import type { Declared } from '../../src/kernel/declare.ts';
import type { Fields } from '../../src/kernel/field.ts';

const fieldsOf = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, field]) => `${name} ${typeName(field)}`)
    .join(', ');

const line = (what: string, entries: readonly string[]): string[] =>
  entries.length === 0 ? [] : [`- **${what}** ${entries.join(', ')}`];

/** One line for each group of ports, in the order of the declaration. */
export const portsOf = ({ shape }: Declared): string => {
  const { inlets = {}, outlets = {}, commands = {}, events = {}, channels = {}, params = {}, timers = {} } = shape;
  return [
    ...line(
      'inlets',
      Object.entries(inlets).map(([name, { depth, full }]) => `\`${name}\` (${depth}, ${full})`),
    ),
    ...line(
      'outlets',
      Object.keys(outlets).map((name) => `\`${name}\``),
    ),
    ...line(
      'commands',
      Object.entries(commands).map(([name, { fields, standard }]) => {
        const service = standard ? ` TC(${standard.service},${standard.subtype})` : '';
        return `\`${name}\`(${fieldsOf(fields)})${service}`;
      }),
    ),
    ...line(
      'events',
      Object.entries(events).map(([name, { severity, fields }]) => `\`${name}\`(${fieldsOf(fields)}) ${severity}`),
    ),
    ...line(
      'channels',
      Object.entries(channels).map(([name, { field }]) => `\`${name}\` ${typeName(field)}`),
    ),
    ...line(
      'parameters',
      Object.entries(params).map(([name, { field, initial }]) => `\`${name}\` ${typeName(field)} = ${String(initial)}`),
    ),
    ...line(
      'timers',
      Object.keys(timers).map((name) => `\`${name}\``),
    ),
  ].join('\n');
};

const between = (page: string, from: string, to: string, text: string): string => {
  const start = page.indexOf(from);
  const end = page.indexOf(to, start);
  if (start < 0 || end < 0) return page;
  return `${page.slice(0, start + from.length)}\n${text}\n${page.slice(end)}`;
};

/** The page as the declaration wants it. */
export const withGenerated = (page: string, declared: Declared): string =>
  between(
    between(page, '<!-- ports -->', '<!-- /ports -->', portsOf(declared)),
    '<!-- machine farm1 -->',
    '<!-- /machine -->',
    farm1.markdown(),
  );
