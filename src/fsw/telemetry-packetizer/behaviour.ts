// Wires packetizing to its ports.
import { type Component, component } from '../../kernel/component.ts';
import { TelemetryPacketizer } from './declaration.ts';
import { firstPacketizing, type PacketizerOptions, packetize } from './packetizing.ts';

export const telemetryPacketizer = (options: PacketizerOptions): Component<(typeof TelemetryPacketizer)['shape']> =>
  component(TelemetryPacketizer, ({ in: i, now, run, sinks }) => {
    const packets = run(firstPacketizing(options.epochUs))
      .on(i.clock, (state, clock) => [{ ...state, clock }])
      .on(i.message, (state, message) => packetize(state, options, message, now()));
    return sinks({
      out: { packet: packets.only('packet', ({ octets }) => octets) },
      tlm: {
        packets: packets.state((state) => state.packets),
        sequenceCount: packets.state((state) => state.packets % 16_384),
        messageTypes: packets.state((state) => state.types.length),
        tooLong: packets.state((state) => state.tooLong),
      },
    });
  });
