// Wires reception to its ports: what moves it, what leaves it, and what is read of it.
import { filter, map, type Observable } from 'rxjs';
import { tcKind } from '../../ccsds/sdls/frame-kind.ts';
import { type FrameSecurityReport, noSecurityReport } from '../../ccsds/sdls/frame-security-report.ts';
import { linkSecurityMode, type SecurityState } from '../../ccsds/sdls/link-security.ts';
import { type Component, component } from '../../kernel/component.ts';
import type { Steps } from '../../kernel/run.ts';
import { TcReceiver } from './declaration.ts';
import {
  firstReception,
  linkTold,
  type Reception,
  type ReceptionAction,
  type ReceptionOptions,
  release,
  reportAll,
  takeOctets,
  type VirtualChannel,
} from './reception.ts';
import { eachRefusal } from './refusals.ts';

/** One more than the highest counter accepted on a virtual channel. */
const usedBelow = (security: SecurityState | undefined, virtualChannelId: number): number =>
  Math.max(
    0,
    ...(security?.held ?? [])
      .filter(({ association }) => association.channel.virtualChannelId === virtualChannelId)
      .map(({ state }) => state.replay.last + 1),
  );

/** What link security shows of itself. */
const securityReadings = (
  reception: Steps<Reception, ReceptionAction>,
  { security, virtualChannels }: ReceptionOptions,
) => {
  const report = <T>(project: (report: FrameSecurityReport) => T): Observable<T> =>
    reception.state((state) => project(state.security?.report ?? noSecurityReport));
  return {
    linkSecurity: reception.state(() => linkSecurityMode(security)),
    framesVerified: reception.state((state) => state.security?.frames ?? 0),
    securityRefusals: reception.state((state) => state.security?.refused ?? 0),
    securityAlarm: report(({ alarm }) => alarm),
    badSequence: report(({ badSequence }) => badSequence),
    badMacFlag: report(({ badMac }) => badMac),
    badAssociation: report(({ badAssociation }) => badAssociation),
    lastSpi: report(({ spi }) => spi),
    lastCounter: report(({ sequence }) => sequence),
    highestCounter: reception.state((state) => usedBelow(state.security, virtualChannels[0]!.id)),
  };
};

export const tcReceiver = (options: ReceptionOptions): Component<(typeof TcReceiver)['shape']> => {
  const { spacecraftId } = options;
  if (options.virtualChannels.length !== 2)
    throw new RangeError(`tc-receiver: expected two virtual channels, got ${options.virtualChannels.length}`);
  const virtualChannels = options.virtualChannels.map(({ id }) => id);
  const segmented = options.virtualChannels.filter((channel) => channel.segmented).map(({ id }) => id);
  const reader = tcKind({ spacecraftId, virtualChannels }, segmented);
  return component(TcReceiver, ({ in: i, boot, now, run, sinks }) => {
    const reception = run(firstReception(options))
      .on(boot, (state) => reportAll(state, options))
      .on(i.octets, (state, octets) => takeOctets(state, options, reader, octets, now()))
      .on(i.released, (state, buffer) => release(state, options, buffer))
      .on(i.link, (state, status) => linkTold(state, options, status))
      .on(i.tick, (state) => reportAll(state, options));
    const of = <T>(at: number, project: (channel: VirtualChannel) => T): Observable<T> =>
      reception.state((state) => project(state.channels[at]!));
    const security = securityReadings(reception, options);
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
        ClearLink: boot.pipe(
          filter(() => options.security === undefined),
          map(() => ({})),
        ),
        SecurityRefused: reception.only('securityRefused', ({ reason, spi }) => ({ reason, spi })),
        SealedTwice: reception.only('sealedTwice', ({ virtualChannelId }) => ({ virtualChannel: virtualChannelId })),
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
        ...security,
      },
    });
  });
};
