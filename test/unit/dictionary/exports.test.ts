import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/dictionary/assemble.ts';
import { dictionaryJson, dictionaryVersion } from '../../../src/dictionary/json.ts';
import { dictionaryMarkdown } from '../../../src/dictionary/markdown.ts';
import { element, xmlDocument } from '../../../src/dictionary/xml.ts';
import { dictionaryXtce } from '../../../src/dictionary/xtce.ts';
import { declare, event, param } from '../../../src/kernel/declare.ts';
import { f64, octets, rest, text, u8 } from '../../../src/kernel/field.ts';
import { Desk, Heater, smallDictionary } from '../../support/small-dictionary.ts';

describe('JSON', () => {
  const read = JSON.parse(dictionaryJson(smallDictionary));

  it('lists everything in the order of ids, with ranges only where they bind', () => {
    expect(read.commands[0]).toEqual({
      id: 0x100,
      name: 'heater.Switch',
      doc: 'Switch it',
      arguments: [
        { name: 'circuit', type: 'u8', min: 1, max: 4 },
        { name: 'state', type: 'enum', names: ['off', 'on', 'auto'] },
      ],
    });
    expect(read.commands[4]).toMatchObject({ name: 'heater.Ping', service: 17, subtype: 1 });
    expect(read.commands[2].withinUs).toBe(5_000_000);
    expect(read.channels[0]).toEqual({ id: 0x100, name: 'heater.celsius', type: 'f32', unit: 'degC' });
    expect(read.events[3].arguments[0]).toEqual({
      name: 'entries',
      type: 'list',
      maxCount: 5,
      item: [
        { name: 'sid', type: 'u16' },
        { name: 'on', type: 'flag' },
      ],
    });
    expect(read.structures.map((structure: { sid: number }) => structure.sid)).toEqual([1, 7]);
  });

  it('does not depend on the order of placing, but on every declaration', () => {
    const heater = { instance: 'heater', base: 0x0100, declared: Heater };
    const desk = { instance: 'desk', base: 0x0200, declared: Desk };
    expect(dictionaryJson(assemble([desk, heater]))).toBe(dictionaryJson(assemble([heater, desk])));
    expect(dictionaryVersion(assemble([heater, desk]))).not.toBe(dictionaryVersion(assemble([heater])));
    const of = (initial: number) =>
      dictionaryVersion(
        assemble([{ instance: 'x', base: 0, declared: declare('X', { params: { a: param(0, u8(), initial) } }) }]),
      );
    expect(of(1)).not.toBe(of(2));
    expect(of(1)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('holds values that JSON has no word for', () => {
    const declared = declare('X', {
      params: { limit: param(0, f64(), Infinity), key: param(1, octets(4), Uint8Array.of(1, 2)) },
    });
    const { params } = JSON.parse(dictionaryJson(assemble([{ instance: 'x', base: 0, declared }])));
    expect(params.map((each: { initial: unknown }) => each.initial)).toEqual(['Infinity', '0102']);
  });
});

describe('Markdown', () => {
  const page = dictionaryMarkdown(smallDictionary, 'Small');

  it('has a row for everything that is declared', () => {
    const { commands, events, channels, params } = smallDictionary;
    for (const { all } of [commands, events, channels, params])
      for (const { name, id } of all)
        expect(page).toContain(`| 0x${id.toString(16).toUpperCase().padStart(4, '0')} | \`${name}\` |`);
    expect(page).toContain('| 1 | thermal | 1 s |');
    expect(page).toContain('(17,1)');
    expect(page.endsWith('\n')).toBe(true);
  });

  it('says so where there is nothing', () => {
    expect(dictionaryMarkdown(assemble([]))).toContain('## Commands\n\nNone.');
  });
});

describe('XML', () => {
  it('escapes what would break it', () => {
    expect(xmlDocument(element('a', { b: '<"&\n', c: undefined }, [element('d', {}, 'x > y')]))).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="&lt;&quot;&amp; ">\n  <d>x &gt; y</d>\n</a>\n',
    );
  });
});

describe('XTCE', () => {
  const xml = dictionaryXtce(smallDictionary, { name: 'SMALL', apid: 101 });
  const names = (tag: string) => [...xml.matchAll(new RegExp(`<${tag} [^>]*?name="([^"]+)"`, 'g'))].map((m) => m[1]!);
  const blockOf = (tag: string, name: string): string => {
    const start = xml.indexOf(`<${tag} name="${name}"`);
    return xml.slice(start, xml.indexOf(`</${tag}>`, start));
  };

  it('has a container for each structure, event, stage and parameter, and a command for each command', () => {
    const containers = names('SequenceContainer');
    for (const wanted of ['housekeeping_thermal', 'event_heater_tooHot', 'event_desk_reset', 'start_failure'])
      expect(containers).toContain(wanted);
    expect(containers).toContain('parameter_heater_limit_report');
    expect(names('MetaCommand')).toEqual(smallDictionary.commands.all.map(({ name }) => name.replace('.', '_')));
  });

  it('defines each name once, each type that is referred to, and no other', () => {
    for (const tag of ['SequenceContainer', 'MetaCommand', 'Parameter'])
      expect(new Set(names(tag)).size).toBe(names(tag).length);
    for (const [side, reference] of [
      ['Parameter', 'parameterTypeRef'],
      ['Argument', 'argumentTypeRef'],
    ] as const) {
      const types = [...xml.matchAll(new RegExp(`<\\w+${side}Type name="([^"]+)"`, 'g'))].map((m) => m[1]!);
      const used = new Set([...xml.matchAll(new RegExp(`${reference}="([^"]+)"`, 'g'))].map((m) => m[1]!));
      expect(new Set(types)).toEqual(used);
      expect(types.length).toBe(used.size);
    }
    const parameters = new Set(names('Parameter'));
    for (const found of xml.matchAll(/parameterRef="([^"]+)"/g)) expect(parameters).toContain(found[1]);
  });

  it('encodes a command as function id and arguments, or under its service', () => {
    const load = blockOf('MetaCommand', 'heater_Load');
    const fixed = [...load.matchAll(/binaryValue="(\w+)"/g)].map((m) => m[1]).join(' ');
    expect(fixed).toBe('1865 C000 0000 2F 08 01 0000 0102');
    const order = [...load.matchAll(/argumentRef="(\w+)"\/>\n\s+(?!<LinearAdjustment)/g)].map((m) => m[1]);
    expect(order).toEqual(['address', 'image_count', 'image', 'check']);
    const ping = [...blockOf('MetaCommand', 'heater_Ping').matchAll(/binaryValue="(\w+)"/g)].map((m) => m[1]);
    expect(ping.join(' ')).toBe('1865 C000 0000 2F 11 01 0000');
  });

  it('leaves out what stands behind octets that nothing sizes', () => {
    const declared = declare('X', {
      events: {
        sized: event(0, 'info', { area: u8(), content: rest() }, ''),
        unsized: event(1, 'info', { name: text(4), content: rest() }, ''),
      },
    });
    const xml = dictionaryXtce(assemble([{ instance: 'a.b', base: 0, declared }]), { name: 'a.b', apid: 1 });
    const entriesOf = (name: string) => {
      const start = xml.indexOf(`<SequenceContainer name="${name}"`);
      return [...xml.slice(start, xml.indexOf('</EntryList>', start)).matchAll(/Ref="(\w+)"/g)].map((m) => m[1]);
    };
    expect(entriesOf('event_a_b_sized')).toEqual([
      'event_a_b_sized_area',
      'event_a_b_sized_content',
      'packet_error_control',
    ]);
    expect(entriesOf('event_a_b_unsized')).toEqual(['event_a_b_unsized_name_count', 'event_a_b_unsized_name']);
  });
});
