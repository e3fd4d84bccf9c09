// The multiplexing protocol data unit of AOS, 732.0-B-4 4.1.4.2: five spare bits, the first header pointer, the packet
// zone. It fills the whole data field of a frame of a packet channel.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, refuse } from '../../codec/result.ts';

export const M_PDU_HEADER_OCTETS = 2;

export interface MPdu {
  /** Octet of the zone where the first packet starts; 0x7ff: none starts; 0x7fe: the zone is idle data. */
  readonly firstHeaderPointer: number;
  /** A view after decoding. */
  readonly zone: Uint8Array;
}

/** The pointer of the data field at hand, without a look at the spare bits. */
export const firstHeaderPointerAt = (data: Uint8Array, at = 0): number => ((data[at]! & 7) << 8) | data[at + 1]!;

/** Refuses 'M_PDU too short' and 'M_PDU spare bits' (4.1.4.2.2.2): then the channel carries something else. */
export const mPdu: Codec<MPdu> = {
  name: 'M_PDU',
  encode: ({ firstHeaderPointer, zone }) => {
    const octets = new Uint8Array(M_PDU_HEADER_OCTETS + zone.length);
    octets[0] = integerIn('first header pointer', firstHeaderPointer, 0, 0x7ff) >> 8;
    octets[1] = firstHeaderPointer & 0xff;
    octets.set(zone, M_PDU_HEADER_OCTETS);
    return octets;
  },
  decode: (octets) => {
    if (octets.length < M_PDU_HEADER_OCTETS) return refuse('M_PDU too short', octets.length);
    if (octets[0]! >> 3 !== 0) return refuse('M_PDU spare bits');
    return ok({ firstHeaderPointer: firstHeaderPointerAt(octets), zone: octets.subarray(M_PDU_HEADER_OCTETS) });
  },
};
