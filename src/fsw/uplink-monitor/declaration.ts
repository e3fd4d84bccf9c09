// The uplink monitor: what it is shown, what it says of it, and what it tells the ground. See sdd.md.
import { channel, command, declare, event, inlet, outlet } from '../../kernel/declare.ts';
import { enumOf, f32, text, u8, u16, u32 } from '../../kernel/field.ts';
import { scorers } from './model.ts';
import type { Assessment } from './monitor.ts';
import type { ObservedCommand, ObservedReject } from './observed.ts';
import { ruleNames } from './policy.ts';

/** A command with the verdict on it, for whoever dispatches, holds or locks. */
export interface Assessed {
  readonly command: ObservedCommand;
  readonly assessment: Assessment;
}

/** The nine rules and the scorers, and nothing of either. */
export const causes = ['none', ...ruleNames, ...scorers] as const;
export type Cause = (typeof causes)[number];

const score = f32({ doc: '-log10 of how rarely a nominal day comes to this' });

export const UplinkMonitor = declare('UplinkMonitor', {
  inlets: {
    command: inlet<ObservedCommand>({ depth: 64, full: 'block' }),
    reject: inlet<ObservedReject>({ depth: 64, full: 'dropNewest' }),
  },
  outlets: { assessed: outlet<Assessed>(), throttle: outlet<{ readonly channel: number }>() },
  commands: { ClearCounters: command(0, {}, { doc: 'counts from nothing; scores stay' }) },
  events: {
    Held: event(
      0,
      'medium',
      { opcode: u16(), role: u8(), cause: enumOf(causes), score, why: text(120) },
      'opcode {opcode} of role {role} held: {why}',
    ),
    Locked: event(
      1,
      'high',
      { opcode: u16(), role: u8(), cause: enumOf(causes), score, why: text(120) },
      'opcode {opcode} of role {role} locks the uplink: {why}',
    ),
    Throttled: event(2, 'low', { channel: u8() }, 'too many refused frames on channel {channel}'),
  },
  channels: {
    assessed: channel(0, u32({ doc: 'commands assessed' })),
    held: channel(1, u32()),
    locked: channel(2, u32()),
    throttled: channel(3, u32()),
    score: channel(4, score),
    cause: channel(5, enumOf(causes)),
    transition: channel(6, f32({ doc: 'inputs of the last score, as the scorers give them' })),
    argument: channel(7, f32()),
    drift: channel(8, f32()),
    neighbour: channel(9, f32()),
    robustZ: channel(10, f32()),
    rate: channel(11, f32()),
    pace: channel(12, f32()),
    timing: channel(13, f32()),
    repetition: channel(14, f32()),
    timeTag: channel(15, f32()),
  },
});
