// One telemetry packet as what it says, by the dictionary. Never throws; reasons are stable words for counters.
import { PACKET_ERROR_CONTROL_OCTETS, packetErrorControlIsGood } from '../../ccsds/pus/packet-error-control.ts';
import { type VerificationReport as OnboardReport, verificationReport } from '../../ccsds/pus/st01-verification.ts';
import { housekeepingReport, housekeepingStructureReport, st03 } from '../../ccsds/pus/st03-housekeeping.ts';
import { eventReport, severityOfSubtype } from '../../ccsds/pus/st05-events.ts';
import { TIME_APID } from '../../ccsds/pus/st09-time.ts';
import { parameterSettings, st20 } from '../../ccsds/pus/st20-parameters.ts';
import { type PusTelemetry, pusTelemetry } from '../../ccsds/pus/telemetry.ts';
import { apidAt, spacePacket } from '../../ccsds/space-packet/space-packet.ts';
import { CUC_4_2_OCTETS, readCuc42 } from '../../ccsds/time-code/cuc-4-2.ts';
import { Cursor } from '../../codec/cursor.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { decodeFields, measureValue, readValue } from '../../dictionary/decode.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { failureText } from '../../dictionary/failure-codes.ts';
import { fieldText, formatEvent } from '../../dictionary/format-event.ts';
import type { StageName } from '../verification/command-record.ts';
import type { VerificationReport } from '../verification/track.ts';
import { describeReport } from './describe-report.ts';
import type { EventReport, OtherReport, TelemetryReport, TelemetryValue } from './reports.ts';

export type Decoded =
  | { readonly type: 'telemetry'; readonly report: TelemetryReport }
  | { readonly type: 'event'; readonly report: EventReport }
  | { readonly type: 'verification'; readonly report: VerificationReport }
  | {
      readonly type: 'structure';
      readonly sid: number;
      readonly channels: readonly number[];
      readonly report: OtherReport;
    }
  | { readonly type: 'other'; readonly report: OtherReport }
  | { readonly type: 'time'; readonly onboardUs: number };

/** Channel ids by structure id: those that the spacecraft starts with, and those that it has told of since. */
export type Structures = Readonly<Record<number, readonly number[]>>;

export interface DecodeOptions {
  readonly dictionary: Dictionary;
}

const report = pusTelemetry(CUC_4_2_OCTETS);

/** The structures of the dictionary, by id. */
export const knownStructures = ({ structures, channels }: Dictionary): Structures =>
  Object.fromEntries(structures.all.map((each) => [each.sid, each.channels.map((name) => channels.byName(name)!.id)]));

const stageOf = ({ stage, failure }: OnboardReport): StageName => {
  const failed = failure !== undefined;
  switch (stage) {
    case 'acceptance':
      return failed ? 'acceptance failed' : 'accepted';
    case 'start':
      return failed ? 'start failed' : 'started';
    case 'progress':
      return failed ? 'progress failed' : 'progress';
    case 'completion':
      return failed ? 'completion failed' : 'completed';
    case 'routing':
      return 'routing failed';
  }
};

type Timed = { readonly receivedUs: number; readonly onboardUs: number };

const verificationOf = (packet: PusTelemetry, timed: Timed): Result<Decoded> => {
  const decoded = verificationReport(packet.subtype).decode(packet.data);
  if (!decoded.ok) return decoded;
  const { request, step, failure } = decoded.value;
  const words: string[] = [];
  if (step !== undefined) words.push(`step ${step}`);
  if (failure !== undefined) words.push(failureText(failure.code, failure.data));
  const detail = words.length > 0 ? { detail: words.join(': ') } : {};
  return ok({
    type: 'verification',
    report: { requestId: request.value, stage: stageOf(decoded.value), ...timed, ...detail },
  });
};

const housekeepingOf = (
  packet: PusTelemetry,
  timed: Timed,
  structures: Structures,
  { dictionary }: DecodeOptions,
): Result<Decoded> => {
  const decoded = housekeepingReport.decode(packet.data);
  if (!decoded.ok) return decoded;
  const { sid } = decoded.value;
  const channels = structures[sid];
  if (channels === undefined) return refuse('unknown housekeeping structure');
  const cursor = new Cursor(decoded.value.values);
  const values: TelemetryValue[] = [];
  for (const id of channels) {
    const entry = dictionary.channels.byId(id);
    if (entry === undefined) return refuse('unknown channel');
    const value = readValue(cursor, entry.field, 'channel');
    if (!value.ok) return refuse('bad channel value', value.at);
    values.push({ id, name: entry.name, value: value.value });
  }
  if (cursor.left > 0) return refuse('housekeeping too long', cursor.at);
  return ok({ type: 'telemetry', report: { ...timed, source: 'housekeeping', structure: sid, values } });
};

const eventOf = (packet: PusTelemetry, timed: Timed, { dictionary }: DecodeOptions): Result<Decoded> => {
  const decoded = eventReport.decode(packet.data);
  if (!decoded.ok) return decoded;
  const entry = dictionary.events.byId(decoded.value.id);
  if (entry === undefined) return refuse('unknown event');
  const args = decodeFields(entry.fields, decoded.value.values);
  if (!args.ok) return refuse('bad event arguments', args.at);
  const { id, name, severity, format, fields } = entry;
  const text = formatEvent(format, args.value, (arg, value) => fieldText(dictionary, fields[arg]!, value));
  return ok({
    type: 'event',
    // The subtype says what the spacecraft holds it for, should that differ from the declaration.
    report: { ...timed, id, name, severity: severityOfSubtype(packet.subtype) ?? severity, args: args.value, text },
  });
};

const parametersOf = (packet: PusTelemetry, timed: Timed, { dictionary }: DecodeOptions): Result<Decoded> => {
  const measure = (id: number, octets: Uint8Array, at: number): number => {
    const entry = dictionary.params.byId(id);
    return entry === undefined ? -1 : measureValue(entry.field, octets, at);
  };
  const decoded = parameterSettings(measure).decode(packet.data);
  if (!decoded.ok) return decoded;
  const values: TelemetryValue[] = [];
  for (const { id, value } of decoded.value) {
    const { name, field } = dictionary.params.byId(id)!;
    const read = readValue(new Cursor(value), field, 'parameter');
    if (!read.ok) return refuse('bad parameter value', read.at);
    values.push({ id, name, value: read.value });
  }
  return ok({ type: 'telemetry', report: { ...timed, source: 'parameters', structure: 0, values } });
};

const reportOf = (
  packet: PusTelemetry,
  timed: Timed,
  structures: Structures,
  options: DecodeOptions,
): Result<Decoded> => {
  const { apid, service, subtype, data } = packet;
  if (service === 1) return verificationOf(packet, timed);
  if (service === 3 && subtype === st03.report) return housekeepingOf(packet, timed, structures, options);
  if (service === 5 && severityOfSubtype(subtype) !== undefined) return eventOf(packet, timed, options);
  if (service === 20 && subtype === st20.report) return parametersOf(packet, timed, options);
  const text = describeReport(service, subtype, data, options.dictionary);
  const named = text === undefined ? {} : { text };
  const other: OtherReport = { ...timed, apid, service, subtype, data: data.slice(), ...named };
  if (service !== 3 || subtype !== st03.structure) return ok({ type: 'other', report: other });
  const structure = housekeepingStructureReport.decode(data);
  if (!structure.ok) return structure;
  return ok({ type: 'structure', sid: structure.value.sid, channels: structure.value.parameters, report: other });
};

/** A time packet of ST[09]: no secondary header, the rate exponent, CUC 4+2 without P-field, packet error control. */
const timeOf = (octets: Uint8Array): Result<Decoded> => {
  const packet = spacePacket.decode(octets);
  if (!packet.ok) return packet;
  if (packet.value.secondaryHeader) return refuse('time packet with secondary header');
  if (packet.value.data.length !== 1 + CUC_4_2_OCTETS + PACKET_ERROR_CONTROL_OCTETS) return refuse('length mismatch');
  if (!packetErrorControlIsGood(octets)) return refuse('bad packet CRC');
  return ok({ type: 'time', onboardUs: readCuc42(packet.value.data, 1) });
};

/** Reasons are those of the PUS packet, then 'unknown housekeeping structure', 'unknown event', 'bad ... value'. */
export const decodePacket = (
  octets: Uint8Array,
  receivedUs: number,
  structures: Structures,
  options: DecodeOptions,
): Result<Decoded> => {
  if (apidAt(octets) === TIME_APID) return timeOf(octets);
  const packet = report.decode(octets);
  if (!packet.ok) return packet;
  return reportOf(packet.value, { receivedUs, onboardUs: readCuc42(packet.value.time) }, structures, options);
};
