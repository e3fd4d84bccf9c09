// Reports that were asked for, as lines: parameters of ST[20], and services that no other view exists for.
import { toHex } from '../../src/codec/hex.ts';
import { valueText } from '../../src/dictionary/format-event.ts';
import type { OtherReport, TelemetryReport } from '../../src/ground/downlink/reports.ts';
import type { Style } from './style.ts';
import { harmless, wrap } from './text-width.ts';
import { clockText } from './time-text.ts';

const INDENT = 13;
/** A longer report shows its beginning. */
const MAX_OCTETS = 64;

export const reportLines = (report: OtherReport, width: number, style: Style): string[] => {
  const { receivedUs, apid, service, subtype, data, text } = report;
  const octets = toHex(data.subarray(0, MAX_OCTETS)) + (data.length > MAX_OCTETS ? ` ... (${data.length} octets)` : '');
  const head = `${clockText(receivedUs)} ${style.good('REPORT')} TM(${service},${subtype}) of APID ${apid}`;
  return wrap(`${head}  ${text === undefined ? octets : harmless(text)}`.trimEnd(), width, INDENT);
};

export const parameterLines = ({ receivedUs, values }: TelemetryReport, width: number, style: Style): string[] => {
  const listed = values.map(({ name, value }) => `${name} = ${harmless(valueText(value))}`).join(', ');
  return wrap(`${clockText(receivedUs)} ${style.good('PARAMS')} ${listed}`, width, INDENT);
};
