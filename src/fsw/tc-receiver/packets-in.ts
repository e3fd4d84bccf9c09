// The packets in the data of a frame or of a reassembled unit: whole ones, one after another (CCSDS 232.0-B-4, 3.2).
// Their headers are judged later, by whoever they are for; here only their lengths count.
import { PRIMARY_HEADER_OCTETS, packetLengthAt } from '../../ccsds/space-packet/space-packet.ts';

export interface PacketsIn {
  /** Views of the whole packets. */
  readonly packets: readonly Uint8Array[];
  /** True if octets are left that are no whole packet. */
  readonly cut: boolean;
}

export const packetsIn = (data: Uint8Array): PacketsIn => {
  const packets: Uint8Array[] = [];
  let at = 0;
  while (data.length - at >= PRIMARY_HEADER_OCTETS) {
    const length = packetLengthAt(data, at);
    if (at + length > data.length) break;
    packets.push(data.subarray(at, at + length));
    at += length;
  }
  return { packets, cut: at < data.length };
};
