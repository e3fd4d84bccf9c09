// Inspections of octets in memory, in pieces of any size, and recordings made to order.
import { TmFrameFiller, type TmFrameFillerParameters } from '../../src/ccsds/tm-frame/tm-frame-filler.ts';
import { sealCrc16 } from '../../src/codec/crc16.ts';
import { HEAD_OCTETS, inspection } from '../../src/ground/inspect/inspection.ts';
import type { GivenParameters, InspectKind } from '../../src/ground/inspect/parameters.ts';
import type { ApidCounts, Inspection, InspectReport, UnitLine } from '../../src/ground/inspect/report.ts';

/** Throws with the refusal when the octets are not what they are said to be. */
export const inspect = (
  as: InspectKind,
  octets: Uint8Array,
  options: GivenParameters = {},
  pieceOctets = 65_536,
  onUnit?: (line: UnitLine) => void,
): Inspection => {
  const begun = inspection(as, octets.subarray(0, HEAD_OCTETS), octets.length < HEAD_OCTETS, options, onUnit);
  if (!begun.ok) throw new Error(begun.reason);
  for (let at = 0; at < octets.length; at += pieceOctets) begun.value.push(octets.subarray(at, at + pieceOctets));
  return begun.value.end();
};

export const report = (
  as: InspectKind,
  octets: Uint8Array,
  options: GivenParameters = {},
  pieceOctets = 65_536,
): InspectReport => inspect(as, octets, options, pieceOctets).report;

/** Packets by APID. */
export const countsByApid = ({ packets }: InspectReport): Record<number, number> =>
  Object.fromEntries(packets.apids.map((row) => [row.apid, row.count]));

export const apidRow = ({ packets }: InspectReport, apid: number): ApidCounts | undefined =>
  packets.apids.find((row) => row.apid === apid);

export const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A PUS-C report of 13 + n octets after the primary header, with a good check. */
export const pusPacket = (
  apid: number,
  count: number,
  service: number,
  subtype: number,
  dataOctets = 20,
): Uint8Array => {
  const octets = new Uint8Array(6 + 13 + dataOctets + 2);
  const length = octets.length - 7;
  octets.set([0x08 | (apid >> 8), apid & 0xff, 0xc0 | (count >> 8), count & 0xff, length >> 8, length & 0xff]);
  octets.set([0x20, service, subtype, count >> 8, count & 0xff, 0, 0x2a], 6);
  octets.fill(count * 7, 13, octets.length - 2);
  sealCrc16(octets);
  return octets;
};

export const filler = (more: Partial<TmFrameFillerParameters> = {}): TmFrameFiller =>
  new TmFrameFiller({
    ...{ spacecraftId: 42, lengthOctets: 200, fecf: true, ocf: true, virtualChannels: [0, 1], idleVirtualChannel: 7 },
    bounds: { packets: 100_000, octets: 1 << 26 },
    ...more,
  });

/** So many frames of a spacecraft that sends PUS packets on channel 0, with an idle frame now and then. */
export const tmFrames = (frames: number, more: Partial<TmFrameFillerParameters> = {}): Uint8Array[] => {
  const sender = filler(more);
  const made: Uint8Array[] = [];
  const ocf = (sender.parameters.ocf ? 0x01000000 : undefined) as number | undefined;
  for (let k = 0, packets = 0; k < frames; k++) {
    if (k % 5 === 4) made.push(sender.idleFrame(ocf));
    else {
      while (sender.pendingOctets(0) < sender.parameters.lengthOctets) {
        sender.offer(0, pusPacket(101, packets % 16_384, 3, 25, 20 + ((packets * 13) % 50)));
        packets++;
      }
      made.push(sender.packetFrame(0, ocf));
    }
  }
  return made;
};
