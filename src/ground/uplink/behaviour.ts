// The uplink's steps on their ports: one cell, one timer (T1), and everything else told as it happens.
import type { FopSettings } from '../../ccsds/cop1/fop1-state.ts';
import { linkSecurityMode } from '../../ccsds/sdls/link-security.ts';
import { component } from '../../kernel/component.ts';
import { Uplink } from './declaration.ts';
import { expired, radiated, reported, requested, started, turnedAway, type UplinkOptions } from './steps.ts';
import { uplinkReset } from './uplink-state.ts';

export interface UplinkSetup extends UplinkOptions {
  readonly fop: FopSettings;
  /** The AD service starts with the first clean control word, without a directive. */
  readonly startsItself: boolean;
}

export const uplink = (setup: UplinkSetup) =>
  component(Uplink, ({ in: i, boot, timer, now, run, sinks }) => {
    const sending = run(uplinkReset(setup.fop, setup.startsItself, setup.channel.security))
      .on(boot, (u) => started(u, now()))
      .on(i.request, (u, request) => requested(u, request, setup, now()))
      .on(i.controlWord, (u, word) => reported(u, word, setup, now()))
      .on(i.radiated, (u, done) => radiated(u, done, setup, now()))
      .on(i.refused, (u, cltu) => turnedAway(u, cltu, setup, now()))
      .on(timer.t1, (u) => expired(u, setup, now()));
    return sinks({
      out: {
        cltu: sending.only('cltu', (a) => a.cltu),
        progress: sending.only('progress', (a) => a.progress),
        answer: sending.only('answer', (a) => a.answer),
      },
      evr: {
        Alert: sending.only('alert', ({ code }) => ({ code })),
        Suspended: sending.only('suspended', ({ state }) => ({ state })),
        Unattended: sending.only('unattended', () => ({})),
        LockedOut: sending.only('lockedOut', () => ({})),
        Unlocked: sending.only('unlocked', () => ({})),
        Started: sending.only('started', ({ vs }) => ({ vs })),
        Retransmission: sending.only('repeat', ({ sequence }) => ({ sequence })),
        NotSealed: sending.only('notSealed', ({ reason }) => ({ reason })),
        DirectiveRefused: sending.only('directiveRefused', ({ directive, reason }) => ({ directive, reason })),
      },
      tlm: {
        mode: sending.state((u) => u.fop.mode),
        nextSequence: sending.state((u) => u.fop.vs),
        oldestUnacknowledged: sending.state((u) => u.fop.nnr),
        framesInFlight: sending.state((u) => u.fop.sentQueue.length),
        commandsWaiting: sending.state((u) => u.waiting.length + u.bypass.length),
        framesSent: sending.state((u) => u.framesSent),
        framesRepeated: sending.state((u) => u.framesRepeated),
        controlWords: sending.state((u) => u.controlWords),
        spacecraftExpects: sending.state((u) => u.clcw?.reportValue ?? 0),
        lockout: sending.state((u) => u.clcw?.lockout ?? false),
        wait: sending.state((u) => u.clcw?.wait ?? false),
        retransmit: sending.state((u) => u.clcw?.retransmit ?? false),
        farmB: sending.state((u) => u.clcw?.farmB ?? 0),
        framesSealed: sending.state((u) => u.security?.frames ?? 0),
        suspendState: sending.state((u) => u.fop.suspendState),
        windowWidth: sending.state((u) => u.fop.windowWidth),
        timerInitialUs: sending.state((u) => u.fop.timerInitialUs),
        transmissionLimit: sending.state((u) => u.fop.transmissionLimit),
        timeoutType: sending.state((u) => u.fop.timeoutType),
        linkSecurity: sending.state(() => linkSecurityMode(setup.channel.security)),
      },
      timer: { t1: sending.only('arm', (a) => a.setting) },
    });
  });
