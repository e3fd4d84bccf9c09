// Wires dispatching to its ports.
import { filter, map } from 'rxjs';
import { clipUtf8 } from '../../dictionary/utf8.ts';
import { type Component, component } from '../../kernel/component.ts';
import { permitAll } from './authorise.ts';
import { MOST_PLACES } from './call-token.ts';
import { CommandDispatcher } from './declaration.ts';
import { type DispatcherOptions, expire, firstDispatching, start, takePacket, takeReply } from './dispatching.ts';

const LONGEST_REASON_OCTETS = 64;

export const commandDispatcher = (options: DispatcherOptions): Component<(typeof CommandDispatcher)['shape']> => {
  if (options.mostOpen > MOST_PLACES)
    throw new RangeError(`command-dispatcher: expected at most ${MOST_PLACES} open commands, got ${options.mostOpen}`);
  return component(CommandDispatcher, ({ in: i, cmd, boot, timer, now, run, sinks }) => {
    const commands = run(firstDispatching)
      .on(boot, (state) => start(state, now()))
      .on(i.packet, (state, packet) => takePacket(state, options, packet, now()))
      .on(i.reply, (state, reply) => takeReply(state, reply, now()))
      .on(i.mode, (state, mode) => [{ ...state, mode }])
      .on(timer.deadline, (state) => expire(state, now()));
    const noops = run(0).on(cmd.Noop, (count, { call }) => [count + 1, { type: 'noop', call }]);
    return sinks({
      out: {
        call: commands.only('call', ({ call }) => call),
        report: commands.only('report', ({ message }) => message),
        released: commands.only('released', ({ buffer }) => buffer),
      },
      cmd: { Noop: noops.only('noop', ({ call }) => ({ call, outcome: 'done' as const })) },
      evr: {
        NoAuthorisation: boot.pipe(
          filter(() => options.authorise === permitAll),
          map(() => ({})),
        ),
        Refused: commands.only('refused', ({ reason }) => ({ reason: clipUtf8(reason, LONGEST_REASON_OCTETS) })),
        NoAnswer: commands.only('noAnswer', ({ opcode }) => ({ opcode })),
      },
      tlm: {
        received: commands.state((state) => state.received),
        accepted: commands.state((state) => state.accepted),
        refused: commands.state((state) => state.refused),
        notStarted: commands.state((state) => state.notStarted),
        completed: commands.state((state) => state.completed),
        failed: commands.state((state) => state.failed),
        open: commands.state((state) => state.open.length),
        strayReplies: commands.state((state) => state.strayReplies),
        noops: noops.state((count) => count),
        lastOpcode: commands.state((state) => state.lastOpcode),
      },
      timer: { deadline: commands.only('arm', ({ setting }) => setting) },
    });
  });
};
