// A capture file as libpcap writes it, of UDP datagrams on the loopback address: enough for a dissector to read.
const RAW_IP_LINK = 101;
const IP_HEADER_OCTETS = 20;
const UDP_HEADER_OCTETS = 8;
const MAX_CAPTURED_OCTETS = 262_144;

const datagram = (payload: Uint8Array, port: number): Uint8Array => {
  const octets = new Uint8Array(IP_HEADER_OCTETS + UDP_HEADER_OCTETS + payload.length);
  const view = new DataView(octets.buffer);
  octets[0] = 0x45;
  view.setUint16(2, octets.length);
  octets[8] = 64;
  octets[9] = 17;
  octets.set([127, 0, 0, 1, 127, 0, 0, 1], 12);
  view.setUint16(20, 50_000);
  view.setUint16(22, port);
  view.setUint16(24, UDP_HEADER_OCTETS + payload.length);
  octets.set(payload, IP_HEADER_OCTETS + UDP_HEADER_OCTETS);
  return octets;
};

/** One record a payload, a millisecond apart; each at most 65 507 octets, which is what one datagram holds. */
export const pcapOf = (payloads: readonly Uint8Array[], port: number): Uint8Array => {
  const head = new DataView(new ArrayBuffer(24));
  head.setUint32(0, 0xa1b2c3d4);
  head.setUint16(4, 2);
  head.setUint16(6, 4);
  head.setUint32(16, MAX_CAPTURED_OCTETS);
  head.setUint32(20, RAW_IP_LINK);
  const records = payloads.map((payload, i) => {
    const octets = datagram(payload, port);
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(0, Math.floor(i / 1000));
    record.setUint32(4, (i % 1000) * 1000);
    record.setUint32(8, octets.length);
    record.setUint32(12, octets.length);
    return Buffer.concat([new Uint8Array(record.buffer), octets]);
  });
  return Buffer.concat([new Uint8Array(head.buffer), ...records]);
};
