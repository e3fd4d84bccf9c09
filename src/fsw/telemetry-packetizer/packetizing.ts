// Counts and headers around a message, as pure steps. ECSS-E-ST-70-41C (PUS-C), clause 7.4.3: the sequence count runs
// per application process, the message type counter per service and subtype.
import { pusTelemetry } from '../../ccsds/pus/telemetry.ts';
import { SEQUENCE_COUNT_MODULUS } from '../../ccsds/space-packet/space-packet.ts';
import { cuc42 } from '../../ccsds/time-code/cuc-4-2.ts';
import type { Step } from '../../kernel/machine.ts';
import { type ClockState, onBoardTimeUs } from '../clock-state.ts';
import type { TelemetryMessage } from '../telemetry-message.ts';

export interface PacketizerOptions {
  readonly apid: number;
  /** Longest source data of one packet. */
  readonly maximumDataOctets: number;
  /** The date at power-on, until the timekeeper has spoken: microseconds since 1958-01-01 TAI. */
  readonly epochUs: number;
}

export interface Packetizing {
  readonly clock: ClockState;
  readonly packets: number;
  readonly tooLong: number;
  /** Service and subtype of each kind of report seen, as `service * 256 + subtype`, and how many it had. */
  readonly types: readonly number[];
  readonly counts: readonly number[];
}

export interface PacketAction {
  readonly type: 'packet';
  readonly octets: Uint8Array;
}

type To = Step<Packetizing, PacketAction>;

const codec = pusTelemetry(6);
/** PUS-C 7.4.3.1 leaves the status to the mission; 0 is `time reference as distributed by the timekeeper`. */
const TIME_STATUS = 0;
const DESTINATION_ID = 0;

export const firstPacketizing = (epochUs: number): Packetizing => ({
  clock: { readAtUs: 0, onBoardUs: epochUs },
  packets: 0,
  tooLong: 0,
  types: [],
  counts: [],
});

export const packetize = (
  state: Packetizing,
  options: PacketizerOptions,
  message: TelemetryMessage,
  nowUs: number,
): To => {
  const { service, subtype, data } = message;
  if (data.length > options.maximumDataOctets) return [{ ...state, tooLong: state.tooLong + 1 }];
  const messageType = service * 256 + subtype;
  const known = state.types.indexOf(messageType);
  const at = known < 0 ? state.types.length : known;
  const messageCount = known < 0 ? 0 : state.counts[at]!;
  const octets = codec.encode({
    apid: options.apid,
    count: state.packets % SEQUENCE_COUNT_MODULUS,
    timeStatus: TIME_STATUS,
    service,
    subtype,
    messageCount,
    destinationId: DESTINATION_ID,
    time: cuc42(onBoardTimeUs(state.clock, nowUs)),
    data,
  });
  const counts = state.counts.slice();
  counts[at] = (messageCount + 1) % 65_536;
  const types = known < 0 ? [...state.types, messageType] : state.types;
  return [
    { ...state, packets: state.packets + 1, types, counts },
    { type: 'packet', octets },
  ];
};
