// What an operator does with an orbiter, as flows over a session: the same over a simulated path in virtual time and
// over real sockets between two processes.
import { expect } from 'vitest';
import { everyAcknowledgement, pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { encodeTcFrame } from '../../src/ccsds/tc-frame/tc-frame.ts';
import type { Session } from '../../src/ground/session.ts';
import type { CommandRecord } from '../../src/ground/verification/command-record.ts';
import { tokenOf } from './token-of.ts';

export interface Operated {
  readonly session: Session;
  /** Names of the ground's events so far. */
  readonly alerts: readonly string[];
  until(holds: () => boolean, what: string): Promise<void>;
}

export interface Flow {
  readonly name: string;
  run(operated: Operated): Promise<void>;
}

export const stagesOf = (record: CommandRecord): string[] => record.stages.map(({ stage }) => stage);

const statistic = (session: Session, name: string): unknown => session.statistics()[name];

export const settled = async ({ session, until }: Operated, token: number): Promise<CommandRecord> => {
  await until(() => (session.record(token)?.status ?? 'open') !== 'open', `the end of command ${token}`);
  return session.record(token)!;
};

export const active = ({ session, until }: Operated): Promise<void> =>
  until(() => statistic(session, 'uplink.mode') === 'active', 'an active FOP-1');

const send = ({ session }: Operated, name: string, args: Record<string, unknown>, bypass = false): number =>
  tokenOf(session.send(name, args, { bypass }));

/** TC(9,1), set the time report rate, with any exponent. */
const timeReportRate = (exponent: number): Uint8Array =>
  pusTelecommand.encode({
    apid: 101,
    count: 8000,
    acknowledge: everyAcknowledgement,
    service: 9,
    subtype: 1,
    sourceId: 0,
    data: Uint8Array.of(exponent),
  });

const executed: Flow = {
  name: 'a command is executed: acceptance, start and completion show',
  run: async (operated) => {
    await active(operated);
    const record = await settled(operated, send(operated, 'connectionTest.AreYouAlive', {}));
    expect(record.status).toBe('completed');
    const stages = stagesOf(record);
    for (const stage of ['queued', 'sent', 'radiated', 'arrived', 'accepted', 'started', 'completed'])
      expect(stages).toContain(stage);
    await operated.until(
      () => stagesOf(operated.session.record(record.token)!).includes('acknowledged'),
      'the acknowledgement of the frame',
    );
  },
};

const refused: Flow = {
  name: 'a wrong argument is refused before it is sent and, sent raw, refused on board with the reason',
  run: async (operated) => {
    const { session, alerts } = operated;
    await active(operated);
    expect(session.send('frames.SetTimeReportRate', { exponent: 9 })).toEqual({
      ok: false,
      reason: 'exponent: expected an integer from 0 to 8, got 9',
    });
    const record = await settled(operated, tokenOf(session.sendPacket(timeReportRate(9))));
    expect(record.status).toBe('failed');
    const failure = record.stages.find(({ stage }) => stage === 'acceptance failed');
    expect(failure?.detail).toBe('argument out of range: exponent');
    expect(alerts).toContain('verification.Failed');
  },
};

const retransmitted: Flow = {
  name: 'a lost CLTU is sent again, and the command is executed',
  run: async (operated) => {
    await active(operated);
    operated.session.loseNext(1);
    const record = await settled(operated, send(operated, 'dispatcher.Noop', {}));
    expect(record.status).toBe('completed');
    expect(stagesOf(record).filter((stage) => stage === 'sent')).toHaveLength(2);
    expect(operated.alerts).toContain('uplink.Retransmission');
  },
};

const recovered: Flow = {
  name: 'a lockout is seen, unlocked and recovered; bypass works meanwhile',
  run: async (operated) => {
    const { session, until, alerts } = operated;
    await active(operated);
    const foreign = { service: 'AD', spacecraftId: 42, virtualChannelId: 0 } as const;
    const sequence = (Number(statistic(session, 'uplink.nextSequence')) + 100) & 255;
    session.sendRaw('frame', encodeTcFrame({ ...foreign, sequence, data: timeReportRate(1) }));
    await until(() => statistic(session, 'uplink.lockout') === true, 'the lockout flag');
    await until(() => statistic(session, 'uplink.mode') === 'initial', 'the alert');
    expect(alerts).toContain('uplink.LockedOut');
    const lost = await settled(operated, send(operated, 'dispatcher.Noop', {}));
    expect(lost.stages.at(-1)?.stage).toBe('not delivered');
    const urgent = await settled(operated, send(operated, 'dispatcher.Noop', {}, true));
    expect(urgent.status).toBe('completed');
    session.direct('initiateAdWithUnlock');
    await active(operated);
    expect(alerts).toContain('uplink.Unlocked');
    const again = await settled(operated, send(operated, 'dispatcher.Noop', {}));
    expect(again.status).toBe('completed');
  },
};

export const flows: readonly Flow[] = [executed, refused, retransmitted, recovered];
