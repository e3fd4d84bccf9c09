// A small dictionary with every kind of field in every kind of place, for the tests of the dictionary room.
import { assemble } from '../../src/dictionary/assemble.ts';
import { channel, command, declare, event, param } from '../../src/kernel/declare.ts';
import { enumOf, f32, f64, flag, i16, listOf, octets, rest, text, u8, u16, u48 } from '../../src/kernel/field.ts';

export const Heater = declare('Heater', {
  commands: {
    Switch: command(0, { circuit: u8({ min: 1, max: 4 }), state: enumOf(['off', 'on', 'auto']) }, { doc: 'Switch it' }),
    Name: command(1, { name: text(20), trim: i16({ min: -100, max: 100, unit: 'mK' }) }),
    Load: command(2, { address: u16(), image: octets(200), check: u48() }, { withinUs: 5_000_000 }),
    Raw: command(3, { slot: u8(), content: rest() }),
    Ping: command(4, {}, { standard: { service: 17, subtype: 1 } }),
  },
  events: {
    tooHot: event(0, 'medium', { celsius: f32(), circuit: u8() }, 'circuit {circuit} at {celsius} degrees'),
    named: event(1, 'info', { name: text(20), old: octets(10), count: u8() }, 'now {name}'),
    dumped: event(2, 'low', { area: u8(), content: rest() }, 'area {area}'),
    swept: event(3, 'info', { entries: listOf({ sid: u16(), on: flag() }, 5) }, '{entries}'),
  },
  channels: {
    celsius: channel(0, f32({ unit: 'degC' })),
    state: channel(1, enumOf(['off', 'on', 'auto'])),
    energy: channel(2, f64()),
    label: channel(3, text(20)),
    trim: channel(4, i16({ unit: 'mK' })),
    hot: channel(5, flag()),
  },
  params: {
    limit: param(0, f32({ min: -50, max: 90 }), 40),
    mode: param(1, enumOf(['eco', 'full']), 'eco'),
    label: param(2, text(8), 'A'),
  },
});

export const Desk = declare('Desk', {
  commands: {
    Enable: command(0, { structures: listOf({ sid: u16() }, 20) }, { standard: { service: 3, subtype: 5 } }),
    Plan: command(1, { entries: listOf({ sid: u16(), interval: u16({ min: 1 }) }, 4), urgent: flag() }),
  },
  channels: { depth: channel(0, u48()) },
});

export const smallDictionary = assemble(
  [
    { instance: 'heater', base: 0x0100, declared: Heater },
    { instance: 'desk', base: 0x0200, declared: Desk },
  ],
  [
    {
      sid: 1,
      name: 'thermal',
      intervalTenths: 10,
      channels: ['heater.celsius', 'heater.state', 'heater.label', 'heater.trim', 'heater.hot', 'desk.depth'],
    },
    { sid: 7, name: 'slow', intervalTenths: 600, channels: ['heater.energy', 'heater.celsius'] },
  ],
);
