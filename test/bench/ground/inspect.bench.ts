// Frames to packets with every check, as `tharsis inspect` does it, against the checks alone: what reading, accounting
// and assembling cost beside two passes of CRC-16 over each octet.
import { TmFrameFiller } from '../../../src/ccsds/tm-frame/tm-frame-filler.ts';
import { crc16, sealCrc16 } from '../../../src/codec/crc16.ts';
import { HEAD_OCTETS, inspection } from '../../../src/ground/inspect/inspection.ts';
import { type Bench, figure, perSecond } from '../figure.ts';

const FRAME_OCTETS = 1115;
const FRAMES = 20_000;
const CHUNK_OCTETS = 1 << 20;
const ROUNDS = 12;

/** A PUS-C report of `octets` octets, with a good check. */
const packetOf = (count: number, octets: number): Uint8Array => {
  const packet = new Uint8Array(octets).fill(count & 0xff, 19);
  const length = octets - 7;
  packet.set([0x08, 101, 0xc0 | ((count >> 8) & 0x3f), count & 0xff, length >> 8, length & 0xff]);
  packet.set([0x20, 3, 25, (count >> 8) & 0xff, count & 0xff, 0, 0x2a], 6);
  sealCrc16(packet);
  return packet;
};

const fillerOf = (): TmFrameFiller =>
  new TmFrameFiller({
    ...{
      spacecraftId: 42,
      lengthOctets: FRAME_OCTETS,
      fecf: true,
      ocf: true,
      virtualChannels: [0],
      idleVirtualChannel: 7,
    },
    bounds: { packets: 1000, octets: 1 << 20 },
  });

const recording = (): Uint8Array => {
  const filler = fillerOf();
  const octets = new Uint8Array(FRAMES * FRAME_OCTETS);
  for (let k = 0, count = 0; k < FRAMES; k++) {
    while (filler.pendingOctets(0) < FRAME_OCTETS) filler.offer(0, packetOf(count, 100 + ((count++ * 37) % 400)));
    octets.set(filler.packetFrame(0, 0x01000000), k * FRAME_OCTETS);
  }
  return octets;
};

const inspectAll = (octets: Uint8Array): number => {
  const begun = inspection('tm', octets.subarray(0, HEAD_OCTETS), false, { lengthOctets: FRAME_OCTETS });
  if (!begun.ok) throw new Error(begun.reason);
  for (let at = 0; at < octets.length; at += CHUNK_OCTETS) begun.value.push(octets.subarray(at, at + CHUNK_OCTETS));
  const { frames, packets } = begun.value.end().report;
  if (frames.accepted !== FRAMES || packets.apids[0]?.crcBad !== 0) throw new Error('the recording was not read whole');
  return octets.length * 8;
};

const checksAlone = (octets: Uint8Array): number => {
  let sum = 0;
  for (let pass = 0; pass < 2; pass++)
    for (let at = 0; at < octets.length; at += FRAME_OCTETS) sum += crc16(octets, at, at + FRAME_OCTETS);
  if (sum < 0) throw new Error('a check is negative');
  return octets.length * 8;
};

const fillFrames = (): number => {
  const filler = fillerOf();
  const packets = Array.from({ length: 64 }, (_, k) => packetOf(k, 100 + 5 * k));
  for (let k = 0, n = 0; k < FRAMES; k++) {
    while (filler.pendingOctets(0) < FRAME_OCTETS) filler.offer(0, packets[n++ & 63]!);
    filler.packetFrame(0, 0x01000000);
  }
  return FRAMES;
};

export const bench: Bench = () => {
  const octets = recording();
  return [
    figure({
      name: 'inspect/TM frames to packets',
      unit: 'bit/s',
      ours: perSecond(() => inspectAll(octets), ROUNDS),
      against: 'CRC-16 twice over each octet and nothing else',
      reference: perSecond(() => checksAlone(octets), ROUNDS),
      goal: 1e9,
    }),
    figure({
      name: 'inspect/TM frames filled',
      unit: 'frames/s',
      ours: perSecond(fillFrames, ROUNDS),
      against: 'the frames of a second of this channel at 10 Mbit/s',
      reference: 10e6 / (8 * FRAME_OCTETS),
      goal: 10_000,
    }),
  ];
};
