// The released mission-control system Yamcs, unchanged, with its own link security (CCSDS 355.0-B-2, AES-256-GCM) on
// both ways: its protected commands run on board, our protected frames are shown, and each side refuses replay and a
// wrong key of the other. A frame that it sends again it has sealed twice: that is known, told by name and harmless.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CltuRelay } from '../peers/cltu-relay.ts';
import { freePorts } from '../peers/free-ports.ts';
import { exported, type LiveOrbiter, startOrbiter } from '../peers/live-orbiter.ts';
import { describeWithPeer } from '../peers/peer.ts';
import { SYSTEM, writeConfiguration } from './configuration.ts';
import { MissionControl } from './mission-control.ts';
import { YamcsServer } from './server.ts';
import { until } from './until.ts';

const alive = 'connectionTest_AreYouAlive';
const keyOf = (spi: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, at) => (at * 7 + spi * 31) & 255);
const wrongKey = new Uint8Array(32).fill(0xee);
const [UPLINK, PACKETS, IDLE] = [1, 2, 3] as const;

/** Both sides read the same keys from files of their own. */
const writeKeyFile = (folder: string): string => {
  for (const spi of [UPLINK, PACKETS, IDLE]) writeFileSync(join(folder, `orbiter-${spi}.key`), keyOf(spi));
  const standard = { mask: 'standard' } as const;
  const path = join(folder, 'keys.json');
  const described = {
    keys: [UPLINK, PACKETS, IDLE].map((spi) => ({ id: spi, file: `orbiter-${spi}.key` })),
    associations: [
      { spi: UPLINK, direction: 'uplink', virtualChannel: 0, key: UPLINK, ...standard, window: 64 },
      { spi: PACKETS, direction: 'downlink', virtualChannel: 0, key: PACKETS, ...standard },
      { spi: IDLE, direction: 'downlink', virtualChannel: 7, key: IDLE, ...standard },
    ],
  };
  writeFileSync(path, JSON.stringify(described));
  return path;
};

describeWithPeer('yamcs', 'Yamcs with link security', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tharsis-yamcs-sdls-'));
  let server: YamcsServer;
  let control: MissionControl;
  let orbiter: LiveOrbiter;
  let up: CltuRelay;
  let down: CltuRelay;

  beforeAll(async () => {
    const [http, telemetry] = (await freePorts(2)) as [number, number];
    mkdirSync(folder, { recursive: true });
    down = await CltuRelay.open(telemetry);
    orbiter = await startOrbiter(down.port, '--keys', writeKeyFile(folder));
    up = await CltuRelay.open(orbiter.cltuPort);
    const keys = new Map([UPLINK, PACKETS, IDLE].map((spi) => [spi, keyOf(spi)]));
    const security = { uplink: UPLINK, downlink: { packets: PACKETS, idle: IDLE }, keys };
    const ports = { http, telemetry, telecommand: up.port };
    writeConfiguration(folder, ports, await exported('xtce'), security);
    server = await YamcsServer.start(folder, http);
    control = new MissionControl(server);
  });

  afterAll(async () => {
    await server?.stop();
    await orbiter?.stop();
    up?.close();
    down?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const parameter = (name: string) => control.parameter(SYSTEM, name);
  const comes = (name: string, value: unknown) =>
    until(
      name,
      () => parameter(name),
      (seen) => seen === value,
    );
  const invalid = async (): Promise<number> =>
    Number((await control.links()).find(({ name }) => name === 'tm')?.extra?.['Invalid frames'] ?? 0);

  let flown = 0;
  const fly = async (bypass = false): Promise<void> => {
    flown++;
    await control.issue(SYSTEM, alive, {}, bypass);
    await comes('dispatcher_completed', flown);
  };

  const open = async (): Promise<void> => {
    await control.disable();
    await control.initialize({ type: 'SET_VR', vR: 0 });
    await until(
      'COP-1 ACTIVE',
      () => control.status(),
      (status) => status.state === 'ACTIVE',
    );
  };

  it('shows our protected telemetry and refuses none of it', async () => {
    await comes('tcReceiver_linkSecurity', 'secured');
    expect(await invalid()).toBe(0);
  });

  it('commands through protected frames, sequence-controlled and around it', async () => {
    await open();
    for (let count = 0; count < 3; count++) await fly();
    await fly(true);
    await comes('tcReceiver_framesVerified', flown);
    expect(await parameter('tcReceiver_securityRefusals')).toBe(0);
  });

  it('is refused on board when its frame is replayed', async () => {
    up.send(up.seen.at(-1)!);
    up.send(up.seen.at(-2)!);
    await comes('tcReceiver_securityRefusals', 2);
    await comes('tcReceiver_replayDuplicate', 2);
    await fly();
  });

  it('refuses our frame when it is replayed', async () => {
    const before = await invalid();
    down.send(down.seen.at(-1)!);
    await until('an invalid frame', invalid, (seen) => seen === before + 1);
    await fly();
  });

  it('is refused on board under a wrong key, and taken under the right one', async () => {
    await control.setKey('tc', UPLINK, wrongKey);
    await control.issue(SYSTEM, alive, {}, true);
    await comes('tcReceiver_badMac', 1);
    await comes('tcReceiver_badMacFlag', true);
    expect(await parameter('dispatcher_completed')).toBe(flown);
    await control.setKey('tc', UPLINK, keyOf(UPLINK));
    await fly();
  });

  it('refuses our frames under a wrong key, and takes them under the right one', async () => {
    await control.setKey('tm', IDLE, wrongKey);
    const before = await invalid();
    await until('invalid frames', invalid, (seen) => seen > before + 3);
    await control.setKey('tm', IDLE, keyOf(IDLE));
    await fly();
  });

  it('seals a frame twice when it sends it again: known by name, not executed, and no harm to what follows', async () => {
    await open();
    up.loseNext(1);
    await control.issue(SYSTEM, alive, {});
    await comes('tcReceiver_sealedTwice', 1);
    expect(up.lost).toBe(1);
    expect(await parameter('dispatcher_completed')).toBe(flown);
    await fly();
    expect(await parameter('tcReceiver_vc0Mode')).toBe('open');
  });
});
