// Are all components alive: each is pinged through its mailbox, behind its work. See sdd.md.
import { channel, command, declare, event, inlet, outlet, param } from '../../kernel/declare.ts';
import { text, u8, u16, u32 } from '../../kernel/field.ts';
import type { Pong } from '../../kernel/patterns.ts';

const who = { component: text(32), base: u16({ doc: 'base of its ids' }) };

export const Health = declare('Health', {
  inlets: {
    tick: inlet<number>({ depth: 1, full: 'block' }),
    pong: inlet<Pong>({ depth: 512, full: 'dropNewest' }),
  },
  outlets: { ping: outlet<number>() },
  commands: {
    // A round takes a second, and two more until the last is judged.
    SelfTest: command(
      0,
      { rounds: u8({ min: 1, max: 30, doc: 'pings of every component' }) },
      { withinUs: 40_000_000, doc: 'pings all components, with progress by rounds; fails when one is late' },
    ),
  },
  events: {
    Late: event(
      0,
      'low',
      { ...who, pings: u16({ doc: 'pings in a row that it did not answer' }) },
      '{component} is late',
    ),
    Missing: event(1, 'high', { ...who, pings: u16() }, '{component} has not answered {pings} pings'),
    Recovered: event(
      2,
      'info',
      { ...who, latency: u32({ unit: 'us' }) },
      '{component} answers again after {latency} us',
    ),
  },
  channels: {
    rounds: channel(0, u32({ doc: 'times that all were pinged' })),
    answers: channel(1, u32()),
    late: channel(2, u16({ doc: 'components that owe an answer' })),
    missing: channel(3, u16({ doc: 'of these, components that are given up' })),
    worstLatency: channel(4, u32({ unit: 'us' })),
  },
  params: {
    missingAfter: param(0, u8({ min: 1, doc: 'pings in a row without an answer' }), 3),
  },
});
