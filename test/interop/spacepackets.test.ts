// The second opinion of the Python library spacepackets on packets, PUS, frames and time: it reads what we write, we
// read what it writes, the octets are the same, and neither takes a frame whose check is wrong.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hexOctets, toHex } from '../../src/codec/hex.ts';
import { flightPackets } from './peers/flight-packets.ts';
import { describeWithPeer } from './peers/peer.ts';
import { askSpacepackets } from './peers/spacepackets.ts';
import {
  cdsTimes,
  type Kind,
  spacePackets,
  telecommands,
  telemetry,
  tmFrames,
  verificationReports,
} from './spacepackets-kinds.ts';
import { uslpFrames } from './spacepackets-uslp.ts';

const SAMPLES = 400;
const SEED = 133;
const kinds: readonly Kind[] = [
  spacePackets,
  telecommands,
  telemetry,
  verificationReports,
  tmFrames,
  uslpFrames,
  cdsTimes,
];

/** One bit of the octets turned over; which one is drawn from the value's place in the sample. */
const corrupted = (octets: Uint8Array, draw: number): Uint8Array => {
  const copy = octets.slice();
  const bit = (draw * 2_654_435_761) % (copy.length * 8);
  copy[bit >> 3] = copy[bit >> 3]! ^ (0x80 >> (bit & 7));
  return copy;
};

describeWithPeer('python', 'spacepackets', () => {
  for (const one of kinds) {
    const values = fc.sample(one.values, { numRuns: SAMPLES, seed: SEED });

    it(`reads each ${one.kind} that we write`, async () => {
      const asked = values.map((value) => ({
        kind: one.kind,
        decode: toHex(one.encode(value)),
        ...one.parameters(value),
      }));
      const answers = await askSpacepackets(asked);
      expect(answers).toEqual(values.map((value) => ({ value })));
    });

    it(`writes each ${one.kind} as we do, and we read it`, async () => {
      const answers = await askSpacepackets(values.map((value) => ({ kind: one.kind, encode: value })));
      expect(answers).toEqual(values.map((value) => ({ hex: toHex(one.encode(value)) })));
      const read = answers.map((answer, i) => one.decode(hexOctets(answer.hex!), values[i]));
      expect(read).toEqual(values.map((value) => ({ ok: true, value })));
    });

    const sealed = values.filter((value) => one.sealed(value));
    if (sealed.length > 0)
      it(`refuses each ${one.kind} with a wrong bit, as we do`, async () => {
        const bad = sealed.map((value, i) => corrupted(one.encode(value), i + 1));
        const asked = bad.map((octets, i) => ({
          kind: one.kind,
          decode: toHex(octets),
          ...one.parameters(sealed[i]),
        }));
        const answers = await askSpacepackets(asked);
        expect(answers.filter((answer) => answer.refused === undefined)).toEqual([]);
        expect(bad.filter((octets, i) => one.decode(octets, sealed[i]).ok)).toEqual([]);
      });
  }

  it('reads every telemetry packet of a flight as we do', async () => {
    const packets = flightPackets();
    const timeOctets = 6;
    const asked = packets.map((octets) => ({ kind: 'telemetry', decode: toHex(octets), timeOctets }));
    const sample = { time: '00'.repeat(timeOctets) };
    const ours = packets.map((octets) => telemetry.decode(octets, sample));
    expect(await askSpacepackets(asked)).toEqual(ours.map((read) => ({ value: read.ok ? read.value : read.reason })));
  });
});
