// tshark (Debian) reads our space packets from a capture: no packet is malformed, and the primary header is the same
// field for field. Its idea of a secondary header is that of one old station, so nothing behind the sixth octet counts.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idlePacket } from '../../src/ccsds/space-packet/idle-packet.ts';
import { apidAt, type SpacePacket, sequenceFlags, spacePacket } from '../../src/ccsds/space-packet/space-packet.ts';
import { toHex } from '../../src/codec/hex.ts';
import { flightPackets } from './peers/flight-packets.ts';
import { pcapOf } from './peers/pcap.ts';
import { describeWithPeer, peers } from './peers/peer.ts';
import { telecommands, telemetry } from './spacepackets-kinds.ts';

const run = promisify(execFile);
const PORT = 10_015;
/**
 * What is ours and what is the peer's: it hands these two APIDs to readers of other protocols, which rightly find none,
 * and it marks every packet that is shorter than the primary header and the secondary header of that station.
 */
const otherReaders = [0, 2045];
const SHORTEST_UNMARKED_OCTETS = 16;

const fields = ['version', 'type', 'secheader', 'apid', 'seqflag', 'seqnum', 'length'] as const;

interface Dissected {
  /** The fields of the primary header. */
  readonly header: string;
  readonly malformed: boolean;
}

const dissect = async (packets: readonly Uint8Array[]): Promise<Dissected[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'tharsis-tshark-'));
  try {
    const file = join(folder, 'packets.pcap');
    writeFileSync(file, pcapOf(packets, PORT));
    const wanted = [...fields.map((field) => `ccsds.${field}`), '_ws.malformed'].flatMap((field) => ['-e', field]);
    const words = ['-r', file, '-d', `udp.port==${PORT},ccsds`, '-T', 'fields', '-E', 'separator=,', ...wanted];
    const plain = ['-o', 'ccsds.global_pref_checkword:Override header flag to be false'];
    const { stdout } = await run(peers.tshark, [...words, ...plain], { maxBuffer: 1 << 26 });
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))
      .map((row) => ({
        header: row.slice(0, fields.length).join(),
        malformed: row.slice(fields.length).join('') !== '',
      }));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const headerOf = (packet: SpacePacket): string =>
  [
    0,
    Number(packet.telecommand),
    Number(packet.secondaryHeader),
    packet.apid,
    sequenceFlags.indexOf(packet.sequence),
    packet.count,
    packet.data.length - 1,
  ].join();

const decoded = (octets: Uint8Array): SpacePacket => {
  const packet = spacePacket.decode(octets);
  if (!packet.ok) throw new Error(`our own packet is refused: ${packet.reason}`);
  return packet.value;
};

const expectAgreement = async (packets: readonly Uint8Array[]): Promise<void> => {
  const dissected = await dissect(packets);
  expect(dissected.map(({ header }) => header)).toEqual(packets.map((octets) => headerOf(decoded(octets))));
  const marked = packets.filter((_, i) => dissected[i]!.malformed);
  expect(marked.filter((octets) => octets.length >= SHORTEST_UNMARKED_OCTETS).map((octets) => toHex(octets))).toEqual(
    [],
  );
};

const isForOtherReader = (octets: Uint8Array): boolean => otherReaders.includes(apidAt(octets));

describeWithPeer('tshark', 'tshark', () => {
  it('reads space packets without secondary header', async () => {
    const values = fc.sample(
      fc.record({
        telecommand: fc.boolean(),
        secondaryHeader: fc.constant(false),
        apid: fc.integer({ min: 0, max: 2047 }),
        sequence: fc.constantFrom(...sequenceFlags),
        count: fc.integer({ min: 0, max: 16_383 }),
        data: fc.oneof(
          { weight: 40, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 400, size: 'max' }) },
          { weight: 1, arbitrary: fc.constantFrom(1, 60_000).map((octets) => new Uint8Array(octets)) },
        ),
      }),
      { numRuns: 600, seed: 133 },
    );
    await expectAgreement(
      values.map((value) => spacePacket.encode(value)).filter((octets) => !isForOtherReader(octets)),
    );
  });

  it('reads PUS telecommands and telemetry', async () => {
    const packets = [telecommands, telemetry].flatMap((kind) =>
      fc.sample(kind.values, { numRuns: 400, seed: 70 }).map((value) => kind.encode(value)),
    );
    await expectAgreement(packets.filter((octets) => !isForOtherReader(octets)));
  });

  it('reads every packet of a flight, and marks none', async () => {
    const packets = flightPackets();
    expect(packets.length).toBeGreaterThan(40);
    await expectAgreement(packets);
    expect((await dissect(packets)).filter(({ malformed }) => malformed)).toEqual([]);
  });

  it('reads idle packets of every size around the smallest', async () => {
    await expectAgreement([7, 8, 9, 15, 16, 17, 20, 1105].map((octets) => idlePacket(octets)));
  });

  it('marks a packet that is cut, so that a missing mark means something', async () => {
    const [cut] = await dissect([idlePacket(40).subarray(0, 30)]);
    expect(cut).toEqual({ header: headerOf(decoded(idlePacket(40))), malformed: true });
  });
});
