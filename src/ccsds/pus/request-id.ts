// What verification reports name a request by: the first four octets of its telecommand packet (ECSS-E-ST-70-41C
// 8.1): version, packet identification and packet sequence control.
import { Cursor } from '../../codec/cursor.ts';
import { ok, type Result } from '../../codec/result.ts';

export const REQUEST_ID_OCTETS = 4;

export interface RequestId {
  readonly apid: number;
  /** Sequence count of the telecommand. */
  readonly count: number;
  /** The four octets as an unsigned number: the key of tables. */
  readonly value: number;
}

const fromValue = (value: number): RequestId => ({
  apid: Math.floor(value / 65536) & 0x7ff,
  count: value % 16384,
  value,
});

/** The identity of the request in a packet, from its first four octets. Refuses 'too short'. */
export const requestIdOf = (packet: Uint8Array): Result<RequestId> => {
  const cursor = new Cursor(packet);
  const value = cursor.u32();
  return cursor.short ? cursor.refusal() : ok(fromValue(value));
};

/** That of an unsegmented telecommand with a secondary header and version 0. */
export const requestId = (apid: number, count: number): RequestId =>
  fromValue((0x1800 + apid) * 65536 + 0xc000 + count);
