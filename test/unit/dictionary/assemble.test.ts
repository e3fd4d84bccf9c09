import { describe, expect, it } from 'vitest';
import { assemble, assembleTopology } from '../../../src/dictionary/assemble.ts';
import { formatEvent } from '../../../src/dictionary/format-event.ts';
import { type Component, component } from '../../../src/kernel/component.ts';
import { channel, command, declare, event, param } from '../../../src/kernel/declare.ts';
import { u8 } from '../../../src/kernel/field.ts';
import { Heater, smallDictionary } from '../../support/small-dictionary.ts';

const place = (instance: string, base: number, shape: Parameters<typeof declare>[1]) => ({
  instance,
  base,
  declared: declare('Thing', shape),
});

describe('assemble', () => {
  it('gives absolute ids, found by id and by qualified name', () => {
    const { commands, events, channels, params } = smallDictionary;
    expect(commands.byName('heater.Name')).toMatchObject({ id: 0x0101, instance: 'heater', command: 'Name' });
    expect(commands.byId(0x0200)?.name).toBe('desk.Enable');
    expect(events.byId(0x0100)?.name).toBe('heater.tooHot');
    expect(channels.byName('desk.depth')?.id).toBe(0x0200);
    expect(params.byId(0x0101)).toMatchObject({ name: 'heater.mode', initial: 'eco' });
    expect(commands.byName('heater.Nothing')).toBeUndefined();
    expect(commands.all.map(({ id }) => id)).toEqual([0x100, 0x101, 0x102, 0x103, 0x104, 0x200, 0x201]);
  });

  it('gives every instance the event of its reset', () => {
    expect(smallDictionary.events.byId(0x02ff)).toMatchObject({ name: 'desk.reset', severity: 'high' });
  });

  it('finds the command of a packet service', () => {
    expect(smallDictionary.commandOfService(17, 1)?.name).toBe('heater.Ping');
    expect(smallDictionary.commandOfService(3, 5)?.name).toBe('desk.Enable');
    expect(smallDictionary.commandOfService(8, 1)).toBeUndefined();
  });

  it('takes the initial values that a topology sets', () => {
    const heater = component(Heater, ({ sinks }) => sinks({} as never)) as unknown as Component;
    const topology = { instances: { heater: { component: heater, base: 0x0300, params: { limit: 12 } } } };
    const dictionary = assembleTopology(topology);
    expect(dictionary.params.byName('heater.limit')?.initial).toBe(12);
    expect(dictionary.params.byName('heater.mode')?.initial).toBe('eco');
    expect(dictionary.commands.byName('heater.Switch')?.id).toBe(0x0300);
  });

  it('throws and names both owners where ids, bases or services meet', () => {
    const one = { commands: { A: command(1, {}), B: command(1, {}) } };
    expect(() => assemble([place('x', 0, one)])).toThrow('unique command ids, got 1 for x.A and x.B');
    expect(() => assemble([place('x', 0, {}), place('y', 0, {})])).toThrow('unique bases, got 0 for x and y');
    const ping = { commands: { A: command(1, {}, { standard: { service: 17, subtype: 1 } }) } };
    expect(() => assemble([place('x', 0, ping), place('y', 256, ping)])).toThrow('(17,1), got x.A, y.A');
    expect(() => assemble([place('x', 3, {})])).toThrow('x: expected a base that is a multiple of 256, got 3');
    expect(() => assemble([place('x', 0x10000, {})])).toThrow('x: base');
    expect(() => assemble([place('x', 0, { channels: { a: channel(256, u8()) } })])).toThrow('x.a: channel id');
    const reserved = { events: { a: event(0xff, 'info', {}, '') } };
    expect(() => assemble([place('x', 0, reserved)])).toThrow('unique event ids');
    expect(() => assemble([place('x', 0, { params: { a: param(0, u8(), 1), b: param(0, u8(), 1) } })])).toThrow(
      'param',
    );
  });

  it('throws for structures of channels that nobody has', () => {
    const structure = { sid: 1, name: 's', intervalTenths: 10, channels: ['x.a'] };
    expect(() => assemble([place('x', 0, {})], [structure])).toThrow('structure s: expected a channel, got x.a');
    const placed = [place('x', 0, { channels: { a: channel(0, u8()) } })];
    expect(() => assemble(placed, [{ ...structure, channels: [] }])).toThrow('structure s: expected 1..255 channels');
    expect(() => assemble(placed, [structure, { ...structure, name: 't' }])).toThrow('unique structure ids');
  });
});

describe('formatEvent', () => {
  it('puts arguments in the place of names', () => {
    expect(formatEvent('{count} of {what}: {octets}', { count: 3, what: 'x', octets: Uint8Array.of(1, 255) })).toBe(
      '3 of x: 01ff',
    );
    expect(
      formatEvent('{list}', {
        list: [
          { sid: 1, on: true },
          { sid: 2, on: false },
        ],
      }),
    ).toBe('[sid=1 on=true, sid=2 on=false]');
    expect(formatEvent('{t} degrees', { t: Math.fround(21.3) })).toBe('21.2999992 degrees');
  });

  it('leaves a name without an argument as it is', () => {
    expect(formatEvent('{a} {toString} {b', { b: 1 })).toBe('{a} {toString} {b');
  });
});
