// The second opinion of space_packet_parser on our XTCE: valid against the schema of 1.2, and telemetry that we encode
// by the dictionary is what it decodes by the XTCE.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { requestId } from '../../src/ccsds/pus/request-id.ts';
import { verificationReport } from '../../src/ccsds/pus/st01-verification.ts';
import { housekeepingReport } from '../../src/ccsds/pus/st03-housekeeping.ts';
import { eventReport, eventSubtype } from '../../src/ccsds/pus/st05-events.ts';
import { checkedTimePacket, timeReport } from '../../src/ccsds/pus/st09-time.ts';
import { parameterSettings } from '../../src/ccsds/pus/st20-parameters.ts';
import { pusTelemetry } from '../../src/ccsds/pus/telemetry.ts';
import { cuc42 } from '../../src/ccsds/time-code/cuc-4-2.ts';
import { hexOctets, toHex } from '../../src/codec/hex.ts';
import { Writer } from '../../src/codec/writer.ts';
import { encodeFields, encodeValue, writeValue } from '../../src/dictionary/encode.ts';
import { dictionaryXtce } from '../../src/dictionary/xtce.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { smallDictionary } from '../support/small-dictionary.ts';
import { describeWithPeer, peers } from './peers/peer.ts';

const NOW = 2_173_932_037_500_000;

const report = (service: number, subtype: number, data: Uint8Array): Uint8Array =>
  pusTelemetry().encode({
    apid: 101,
    count: 7,
    timeStatus: 0,
    service,
    subtype,
    messageCount: 3,
    destinationId: 0,
    time: cuc42(NOW),
    data,
  });

const event = (name: string, values: Readonly<Record<string, unknown>>): Uint8Array => {
  const entry = smallDictionary.events.byName(name)!;
  const made = encodeFields(entry.fields, values);
  if (!made.ok) throw new Error(made.misfit.subject);
  return report(5, eventSubtype(entry.severity), eventReport.encode({ id: entry.id, values: made.value }));
};

const channelValues: Readonly<Record<string, unknown>> = {
  'heater.celsius': 21.5,
  'heater.state': 'auto',
  'heater.energy': -1e-7,
  'heater.label': 'Zürich',
  'heater.trim': -17,
  'heater.hot': true,
  'desk.depth': 2 ** 40 + 5,
};

const housekeeping = (sid: number): Uint8Array => {
  const writer = new Writer();
  for (const name of smallDictionary.structures.byId(sid)!.channels)
    expect(writeValue(writer, smallDictionary.channels.byName(name)!.field, channelValues[name], name)).toBeUndefined();
  return report(3, 25, housekeepingReport.encode({ sid, values: writer.finish() }));
};

const parameter = (name: string, value: unknown): Uint8Array => {
  const entry = smallDictionary.params.byName(name)!;
  const made = encodeValue(entry.field, value);
  if (!made.ok) throw new Error(made.misfit.subject);
  return report(20, 2, parameterSettings(() => 0).encode([{ id: entry.id, value: made.value }]));
};

const request = requestId(101, 77);
const failure = { code: 513, data: hexOctets('0102') };

const cases: readonly (readonly [packet: Uint8Array, decoded: Readonly<Record<string, unknown>>])[] = [
  [
    housekeeping(1),
    {
      structure_id: 1,
      on_board_time: NOW / 1_000_000,
      heater_celsius: 21.5,
      heater_state: 'auto',
      heater_label: 'Zürich',
      heater_trim: -17,
      heater_hot: true,
      desk_depth: 2 ** 40 + 5,
    },
  ],
  [housekeeping(7), { heater_energy: -1e-7, heater_celsius: 21.5 }],
  [
    event('heater.tooHot', { celsius: 91.25, circuit: 3 }),
    { event_id: 'heater.tooHot', event_heater_tooHot_circuit: 3 },
  ],
  [
    event('heater.named', { name: 'second', old: hexOctets('0a0b'), count: 9 }),
    { event_heater_named_name: 'second', event_heater_named_old: '0a0b', event_heater_named_count: 9 },
  ],
  [event('heater.dumped', { area: 2, content: hexOctets('beef') }), { event_heater_dumped_content: 'beef' }],
  [event('heater.swept', { entries: [{ sid: 5, on: true }] }), { event_heater_swept_entries: '000501' }],
  [event('desk.reset', { reason: 'fault' }), { event_id: 'desk.reset', event_desk_reset_reason: 'fault' }],
  [
    report(1, 7, verificationReport(7).encode({ stage: 'completion', request })),
    { subtype: 7, request_apid: 101, request_sequence_count: 77 },
  ],
  [
    report(1, 6, verificationReport(6).encode({ stage: 'progress', request, step: 4, failure })),
    { progress_failure_step: 4, progress_failure_code: 513, progress_failure_data: '0102' },
  ],
  [report(1, 10, verificationReport(10).encode({ stage: 'routing', request, failure })), { routing_failure_code: 513 }],
  [parameter('heater.limit', 40), { parameter_heater_limit: 40 }],
  [parameter('heater.mode', 'full'), { parameter_heater_mode: 'full' }],
  [report(17, 2, new Uint8Array(0)), { service: 17, subtype: 2 }],
  [report(5, 8, hexOctets('010100')), { disabled_events_count: 1, disabled_events: '0100' }],
  [
    checkedTimePacket(
      1,
      timeReport({ epoch: 'tai1958', basicOctets: 4, fractionOctets: 2 }).encode({ rateExponent: 4, ticks: 0x18000n }),
    ),
    { rate_exponent: 4, reported_time: 1.5 },
  ],
];

interface Answer {
  readonly errors: readonly string[];
  readonly packets: readonly Readonly<Record<string, unknown>>[];
}

const ask = async (xtce: string, packets: readonly Uint8Array[]): Promise<Answer> => {
  const script = fileURLToPath(new URL('peers/xtce_peer.py', import.meta.url));
  const child = spawn(peers.python, ['-W', 'ignore', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const path = join(mkdtempSync(join(tmpdir(), 'xtce-')), 'small.xml');
  child.stdin.end(JSON.stringify({ path, xtce, packets: packets.map((packet) => toHex(packet)) }));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`space_packet_parser: exit code ${code}`);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Answer;
};

describeWithPeer('python', 'XTCE', () => {
  it('is valid, and decodes the telemetry that the dictionary encodes', async () => {
    const xtce = dictionaryXtce(smallDictionary, { name: 'SMALL', apid: 101 });
    const answer = await ask(
      xtce,
      cases.map(([packet]) => packet),
    );
    expect(answer.errors).toEqual([]);
    answer.packets.forEach((decoded, i) => {
      expect(decoded).toMatchObject({ ...cases[i]![1] });
    });
    // Every container ends with the check, so that each value before it had the right width.
    const checks = cases.map(([packet]) => packet.at(-2)! * 256 + packet.at(-1)!);
    expect(answer.packets.map((decoded) => decoded.packet_error_control)).toEqual(checks);
  });

  it('of the orbiter is valid', async () => {
    expect((await ask(dictionaryXtce(orbiterDictionary, { name: 'THARSIS', apid: 101 }), [])).errors).toEqual([]);
  });
});
