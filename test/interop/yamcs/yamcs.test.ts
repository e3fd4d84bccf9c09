// The released mission-control system Yamcs, unchanged, flies our orbiter: its links show our frames and parameters,
// its commands run on board and are verified stage by stage, and its COP-1 starts in each of its ways and recovers from
// a lost frame and from lockout. It runs the orbiter over real sockets, with a relay on the way up that can lose.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeCltu } from '../../../src/ccsds/cltu/cltu.ts';
import { encodeTcFrame } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import { CltuRelay } from '../peers/cltu-relay.ts';
import { freePorts } from '../peers/free-ports.ts';
import { exported, type LiveOrbiter, startOrbiter } from '../peers/live-orbiter.ts';
import { describeWithPeer } from '../peers/peer.ts';
import { SYSTEM, writeConfiguration } from './configuration.ts';
import { type Initialization, MissionControl } from './mission-control.ts';
import { YamcsServer } from './server.ts';
import { until } from './until.ts';

const alive = 'connectionTest_AreYouAlive';

describeWithPeer('yamcs', 'Yamcs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tharsis-yamcs-'));
  let server: YamcsServer;
  let control: MissionControl;
  let orbiter: LiveOrbiter;
  let relay: CltuRelay;

  beforeAll(async () => {
    const [http, telemetry] = (await freePorts(2)) as [number, number];
    orbiter = await startOrbiter(telemetry);
    relay = await CltuRelay.open(orbiter.cltuPort);
    writeConfiguration(folder, { http, telemetry, telecommand: relay.port }, await exported('xtce'));
    server = await YamcsServer.start(folder, http);
    control = new MissionControl(server);
  });

  afterAll(async () => {
    await server?.stop();
    await orbiter?.stop();
    relay?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const parameter = (name: string) => control.parameter(SYSTEM, name);
  const issue = (name: string, args: Readonly<Record<string, unknown>> = {}, bypass = false) =>
    control.issue(SYSTEM, name, args, bypass);
  const state = (wanted: string) =>
    until(
      `COP-1 ${wanted}`,
      () => control.status(),
      (status) => status.state === wanted,
    );
  const initialize = async (how: Initialization): Promise<void> => {
    await control.disable();
    await control.initialize(how);
    await state('ACTIVE');
  };

  const acknowledged = (id: string) =>
    until(
      'the acknowledgement of the frame',
      () => control.history(id),
      (seen) => seen.Acknowledge_Sent_Status !== undefined,
    );

  /** Commands that shall have run on board so far, each exactly once. */
  let flown = 0;
  const fly = async (name: string, args: Readonly<Record<string, unknown>> = {}, bypass = false): Promise<void> => {
    flown++;
    expect(await acknowledged(await issue(name, args, bypass))).toMatchObject({ Acknowledge_Sent_Status: 'OK' });
  };
  const expectEachOnce = (): Promise<unknown> =>
    until(
      `${flown} commands completed on board`,
      () => parameter('dispatcher_completed'),
      (seen) => seen === flown,
    );

  /**
   * What became of the three stages of a command. Two threads of this Yamcs share what a verifier reads, and now and
   * then a report that comes while the other writes is overlooked: then the command is sent again, up to five times.
   */
  const verified = async (name: string, args: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> => {
    for (let attempt = 1; ; attempt++) {
      const id = await issue(name, args);
      const ended = await until(
        'the end of the command',
        () => control.history(id),
        (seen) => !['PENDING', undefined].includes(seen.Verifier_Complete_Status as string | undefined),
      );
      const stages = ['Accepted', 'Started', 'Complete'].map((stage) => ended[`Verifier_${stage}_Status`]);
      const overlooked = stages.some((status) => status === 'CANCELLED' || status === 'TIMEOUT');
      if (!overlooked || attempt === 5) return stages;
      flown++;
    }
  };

  it('takes every frame of ours and shows our parameters', async () => {
    const links = await until(
      'frames on the link',
      () => control.links(),
      (seen) => Number(seen.find(({ name }) => name === 'tm')?.dataInCount) > 20,
    );
    expect(links.filter(({ status }) => status !== 'OK')).toEqual([]);
    const frames = await until(
      'a counter',
      () => parameter('frames_frames'),
      (seen) => Number(seen) > 0,
    );
    expect(await parameter('timekeeper_readings')).toBeTypeOf('number');
    expect(await parameter('tcReceiver_vc0Mode')).toBe('open');
    await until(
      'the counter to go on',
      () => parameter('frames_frames'),
      (seen) => Number(seen) > Number(frames),
    );
  });

  const ways: readonly Initialization[] = [
    { type: 'WITHOUT_CLCW_CHECK' },
    { type: 'WITH_CLCW_CHECK', clcwCheckInitializeTimeout: 5000 },
    { type: 'UNLOCK' },
    { type: 'SET_VR', vR: 200 },
  ];

  it.each(ways)('starts COP-1 by $type, and a command runs on board', async (how) => {
    await initialize(how);
    await fly(alive);
    await expectEachOnce();
  });

  it('starts COP-1 with its first frame number turning over', async () => {
    await initialize({ type: 'SET_VR', vR: 254 });
    for (let command = 0; command < 4; command++) await fly(alive);
    expect(await control.status()).toMatchObject({ vS: 2 });
  });

  it('commands with arguments, and sees what they did', async () => {
    await initialize({ type: 'WITH_CLCW_CHECK', clcwCheckInitializeTimeout: 5000 });
    await fly('frames_SetTimeReportRate', { exponent: 3 });
    await until(
      'the rate in a time report',
      () => parameter('rate_exponent'),
      (seen) => seen === 3,
    );
    await fly('housekeeping_OneShot', { structures_count: 1, structures: '0003' });
    await until(
      'the structure that was asked for',
      () => parameter('tcReceiver_cutUnits'),
      (seen) => seen === 0,
    );
  });

  it('refuses a wrong argument before it is sent', async () => {
    const seen = relay.seen.length;
    await expect(issue('frames_SetTimeReportRate', { exponent: 9 })).rejects.toThrow(/: 400 /);
    expect(relay.seen.length).toBe(seen);
  });

  it('follows a command through acceptance, start and completion', async () => {
    expect(await verified(alive, {})).toEqual(['OK', 'OK', 'OK']);
    flown++;
    await expectEachOnce();
  });

  it('is told when a command fails on board', async () => {
    const before = flown;
    expect(await verified('connectionTest_TestConnection', { apid: 500 })).toEqual(['OK', 'OK', 'NOK']);
    flown = before;
  });

  it('sends a command around sequence control', async () => {
    const before = await control.status();
    await fly(alive, {}, true);
    expect((await control.status()).vS).toBe(before.vS);
  });

  it('recovers from a lost frame when the next one shows the gap', async () => {
    relay.loseNext(1);
    await Promise.all([fly(alive), fly(alive), fly(alive)]);
    expect(relay.lost).toBe(1);
    await expectEachOnce();
    await state('ACTIVE');
  });

  it('recovers from a lost last frame by its timer', async () => {
    relay.loseNext(1);
    await fly(alive);
    expect(relay.lost).toBe(2);
    await expectEachOnce();
  });

  it('recovers from lockout', async () => {
    const { vS } = await control.status();
    const data = Uint8Array.of(0);
    const far = { service: 'AD', spacecraftId: 42, virtualChannelId: 0, sequence: (vS + 100) % 256, data } as const;
    relay.send(encodeCltu(encodeTcFrame(far)));
    await until(
      'lockout on board',
      () => parameter('tcReceiver_vc0Lockout'),
      (seen) => seen === true,
    );
    await state('UNINITIALIZED');
    await initialize({ type: 'UNLOCK' });
    await fly(alive);
    await expectEachOnce();
    await until(
      'no lockout on board',
      () => parameter('tcReceiver_vc0Lockout'),
      (seen) => seen === false,
    );
  });

  it('found nothing wrong with our frames and packets', async () => {
    const telemetry = (await control.links()).find(({ name }) => name === 'tm');
    expect(telemetry?.extra?.['Invalid frames']).toBe('0');
    const warnings = (await control.events()).filter(({ source }) => source === 'PusPacketPreprocessor');
    expect(warnings).toEqual([]);
  });
});
