// The bitstream protocol data unit of AOS, 732.0-B-4 4.1.4.3: two spare bits, the pointer to the last valid bit, the
// bitstream zone. It fills the whole data field of a frame of a bitstream channel.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, refuse } from '../../codec/result.ts';

export const B_PDU_HEADER_OCTETS = 2;
/** Every bit of the zone is data (4.1.4.3.3.3). */
export const ALL_BITS_VALID = 0x3fff;
/** The zone is idle data only (4.1.4.3.3.4). */
export const NO_BITS_VALID = 0x3ffe;

export interface BPdu {
  /** Bits of the zone that are data: 0 to all of them. */
  readonly validBits: number;
  /** A view after decoding. */
  readonly zone: Uint8Array;
}

/** Refuses 'B_PDU too short', 'B_PDU spare bits' and 'bad bitstream pointer' (it points behind the zone). */
export const bPdu: Codec<BPdu> = {
  name: 'B_PDU',
  encode: ({ validBits, zone }) => {
    const bits = zone.length * 8;
    integerIn('valid bits', validBits, 0, bits);
    const pointer = validBits === bits ? ALL_BITS_VALID : validBits === 0 ? NO_BITS_VALID : validBits - 1;
    const octets = new Uint8Array(B_PDU_HEADER_OCTETS + zone.length);
    octets[0] = integerIn('bitstream pointer', pointer, 0, ALL_BITS_VALID) >> 8;
    octets[1] = pointer & 0xff;
    octets.set(zone, B_PDU_HEADER_OCTETS);
    return octets;
  },
  decode: (octets) => {
    if (octets.length < B_PDU_HEADER_OCTETS) return refuse('B_PDU too short', octets.length);
    if (octets[0]! >> 6 !== 0) return refuse('B_PDU spare bits');
    const zone = octets.subarray(B_PDU_HEADER_OCTETS);
    const pointer = (octets[0]! << 8) | octets[1]!;
    const bits = zone.length * 8;
    if (pointer === ALL_BITS_VALID) return ok({ validBits: bits, zone });
    if (pointer === NO_BITS_VALID) return ok({ validBits: 0, zone });
    return pointer < bits ? ok({ validBits: pointer + 1, zone }) : refuse('bad bitstream pointer');
  },
};
