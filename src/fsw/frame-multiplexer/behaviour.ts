// Wires multiplexing to its ports.
import { type Component, component } from '../../kernel/component.ts';
import { FrameMultiplexer } from './declaration.ts';
import {
  firstMultiplexing,
  type MultiplexerOptions,
  multiplexer,
  setRate,
  start,
  takeClcw,
  takePacket,
} from './multiplexing.ts';

export const frameMultiplexer = (options: MultiplexerOptions): Component<(typeof FrameMultiplexer)['shape']> => {
  const send = multiplexer(options);
  return component(FrameMultiplexer, ({ in: i, cmd, boot, now, run, sinks }) => {
    const frames = run(firstMultiplexing(options))
      .on(boot, (state) => start(state, now()))
      .on(i.packet, (state, octets) => takePacket(state, options, octets))
      .on(i.clcw, takeClcw)
      .on(i.tick, (state) => send(state, now()))
      .on(cmd.SetTimeReportRate, (state, { exponent }) => setRate(state, exponent));
    return sinks({
      out: {
        frame: frames.only('frame', ({ octets }) => octets),
        mark: frames.only('mark', ({ mark }) => mark),
      },
      cmd: { SetTimeReportRate: frames.only('rateSet', () => 'done' as const) },
      evr: { NotSealed: frames.only('notSealed', ({ reason }) => ({ reason })) },
      tlm: {
        frames: frames.state((state) => state.frames),
        idleFrames: frames.state((state) => state.idleFrames),
        masterCount: frames.state((state) => state.filler.masterChannelCount),
        packets: frames.state((state) => state.packets),
        waitingPackets: frames.state((state) => Math.min(state.queue.count, 0xffff)),
        waitingOctets: frames.state((state) => state.queueOctets),
        dropped: frames.state((state) => state.dropped),
        timeRate: frames.state((state) => state.rateExponent),
        sealed: frames.state((state) => state.security?.frames ?? 0),
        notSealed: frames.state((state) => state.notSealed),
      },
    });
  });
};
