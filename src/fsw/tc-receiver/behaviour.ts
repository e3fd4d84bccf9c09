// Wires reception to its ports: what moves it, what leaves it, and what is read of it.
import type { Observable } from 'rxjs';
import { tcFrame } from '../../ccsds/tc-frame/tc-frame.ts';
import { type Component, component } from '../../kernel/component.ts';
import { TcReceiver } from './declaration.ts';
import {
  firstReception,
  linkTold,
  type ReceptionOptions,
  release,
  reportAll,
  takeOctets,
  type VirtualChannel,
} from './reception.ts';
import { eachRefusal } from './refusals.ts';

export const tcReceiver = (options: ReceptionOptions): Component<(typeof TcReceiver)['shape']> => {
  const { spacecraftId } = options;
  if (options.virtualChannels.length !== 2)
    throw new RangeError(`tc-receiver: expected two virtual channels, got ${options.virtualChannels.length}`);
  const codec = tcFrame({ spacecraftId, virtualChannels: options.virtualChannels.map(({ id }) => id) });
  return component(TcReceiver, ({ in: i, boot, run, sinks }) => {
    const reception = run(firstReception(options))
      .on(boot, (state) => reportAll(state, options))
      .on(i.octets, (state, octets) => takeOctets(state, options, codec, octets))
      .on(i.released, (state, buffer) => release(state, options, buffer))
      .on(i.link, (state, status) => linkTold(state, options, status))
      .on(i.tick, (state) => reportAll(state, options));
    const of = <T>(at: number, project: (channel: VirtualChannel) => T): Observable<T> =>
      reception.state((state) => project(state.channels[at]!));
    const refusalCounts = eachRefusal((_, at) => reception.state((state) => state.refusals[at]!));
    return sinks({
      out: {
        packet: reception.only('packet', ({ packet }) => packet),
        clcw: reception.only('clcw', ({ report }) => report),
      },
      evr: {
        Refused: reception.only('refused', ({ reason }) => ({ reason })),
        LockedOut: reception.only('lockedOut', ({ virtualChannelId }) => ({ virtualChannel: virtualChannelId })),
        Unlocked: reception.only('unlocked', ({ virtualChannelId }) => ({ virtualChannel: virtualChannelId })),
        SequenceSet: reception.only('vrSet', ({ virtualChannelId, vr }) => ({ virtualChannel: virtualChannelId, vr })),
        Waiting: reception.only('waiting', ({ virtualChannelId }) => ({ virtualChannel: virtualChannelId })),
        LinkLoss: reception.only('linkLoss', ({ dropped }) => ({ dropped })),
      },
      tlm: {
        linkUp: reception.state((state) => state.linkUp),
        cltus: reception.state((state) => state.cltus),
        correctedBits: reception.state((state) => state.correctedBits),
        cutUnits: reception.state((state) => state.cutUnits),
        framesAccepted: reception.state((state) => state.framesAccepted),
        framesRejected: reception.state((state) => state.framesRejected),
        packets: reception.state((state) => state.packets),
        linkDropped: reception.state((state) => state.linkDropped),
        vc0Mode: of(0, ({ farm }) => farm.mode),
        vc0Vr: of(0, ({ farm }) => farm.vr),
        vc0FarmB: of(0, ({ farm }) => farm.farmB),
        vc0Lockout: of(0, ({ farm }) => farm.lockout),
        vc0Wait: of(0, ({ farm }) => farm.wait),
        vc0Retransmit: of(0, ({ farm }) => farm.retransmit),
        vc0Buffers: of(0, ({ inUse }) => inUse.sequenced + inUse.express),
        vc0Accepted: of(0, ({ accepted }) => accepted),
        vc1Mode: of(1, ({ farm }) => farm.mode),
        vc1Vr: of(1, ({ farm }) => farm.vr),
        vc1FarmB: of(1, ({ farm }) => farm.farmB),
        vc1Lockout: of(1, ({ farm }) => farm.lockout),
        vc1Wait: of(1, ({ farm }) => farm.wait),
        vc1Retransmit: of(1, ({ farm }) => farm.retransmit),
        vc1Buffers: of(1, ({ inUse }) => inUse.sequenced + inUse.express),
        vc1Accepted: of(1, ({ accepted }) => accepted),
        ...refusalCounts,
      },
    });
  });
};
