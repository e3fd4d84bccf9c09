// The managed parameters of frames of known length that were not given: error control, header error control, control
// field, insert zone, secondary header. Checks decide what has checks; the rest is what makes packets agree.
import { headerIsClean } from '../../ccsds/aos-frame/header-error-control.ts';
import { crc16 } from '../../codec/crc16.ts';
import { crc32 } from '../../codec/crc32.ts';
import type { FecfOctets, Finding, FrameFormat, FrameKind, GivenParameters } from './parameters.ts';
import { type Agreement, agreementScore, zoneAgreement } from './zone-agreement.ts';

export interface ProbedFormat {
  readonly format: FrameFormat;
  readonly findings: readonly Finding[];
}

const MOST_INSERT_OCTETS = 64;
const MOST_SECONDARY_HEADER_OCTETS = 64;

const countOf = (units: readonly Uint8Array[], holds: (unit: Uint8Array) => boolean): number =>
  units.reduce((count, unit) => count + (holds(unit) ? 1 : 0), 0);

const yesOrNo = (present: boolean): string => (present ? 'present' : 'absent');

const given = (parameter: string, value: string): Finding => ({ parameter, value, evidence: 'given', guessed: false });

const probeFecf = (kind: FrameKind, units: readonly Uint8Array[], wanted: boolean | undefined) => {
  const parameter = 'frame error control';
  if (wanted === false) return { octets: 0 as FecfOctets, finding: given(parameter, 'absent') };
  const good16 = countOf(units, (unit) => unit.length > 2 && crc16(unit) === 0);
  const good32 = kind === 'uslp' ? countOf(units, (unit) => unit.length > 4 && crc32(unit) === 0) : 0;
  const good = Math.max(good16, good32);
  const long = good32 > good16;
  const evidence = `CRC-${long ? 32 : 16} agrees in ${good} of ${units.length} frames`;
  if (wanted === true) {
    const octets: FecfOctets = long ? 4 : 2;
    return { octets, finding: { ...given(parameter, `${octets} octets`), evidence: `given; ${evidence}` } };
  }
  // Chance makes one frame in 65536 agree: one in 64 is beyond chance, and a bad pass may have no more.
  const octets: FecfOctets = good > units.length / 64 ? (long ? 4 : 2) : 0;
  const value = octets === 0 ? 'absent' : `${octets} octets`;
  return { octets, finding: { parameter, value, evidence, guessed: true } };
};

const probeFhec = (kind: FrameKind, units: readonly Uint8Array[], wanted: boolean | undefined) => {
  const parameter = 'frame header error control';
  if (kind !== 'aos') return { fhec: false, findings: [] };
  if (wanted !== undefined) return { fhec: wanted, findings: [given(parameter, yesOrNo(wanted))] };
  const clean = countOf(units, (unit) => unit.length >= 8 && headerIsClean(unit));
  const fhec = clean > units.length / 2;
  const evidence = `RS(10,6) agrees in ${clean} of ${units.length} headers`;
  return { fhec, findings: [{ parameter, value: yesOrNo(fhec), evidence, guessed: true }] };
};

/** A field that reads as a CLCW (232.0-B-4 4.2): type 0, version 0, reserved bits clear, and not all zeros. */
const looksLikeClcw = (unit: Uint8Array, end: number): boolean => {
  const at = end - 4;
  if (at < 6) return false;
  const reserved = (unit[at]! & 0xe0) | (unit[at + 1]! & 0x03) | (unit[at + 2]! & 0x01);
  return reserved === 0 && (unit[at]! | unit[at + 1]! | unit[at + 2]! | unit[at + 3]!) !== 0;
};

interface Candidate {
  readonly format: FrameFormat;
  readonly agreement: Agreement;
}

const best = (units: readonly Uint8Array[], formats: readonly FrameFormat[]): Candidate => {
  let chosen: Candidate | undefined;
  for (const format of formats) {
    const agreement = zoneAgreement(units, format);
    if (chosen === undefined || agreementScore(agreement) > agreementScore(chosen.agreement))
      chosen = { format, agreement };
  }
  return chosen!;
};

const agreementText = ({ agree, contradict }: Agreement): string =>
  agree + contradict === 0
    ? 'no packet runs on from one frame into the next'
    : `packets run on from frame to frame as the pointers say in ${agree} frames, otherwise in ${contradict}`;

const probeSecondaryHeader = (units: readonly Uint8Array[], base: FrameFormat, wanted: number | undefined) => {
  const parameter = 'secondary header';
  const flagged = units.filter((unit) => unit.length > 6 && (unit[4]! & 0x80) !== 0);
  if (flagged.length === 0) return { format: base, findings: [] };
  if (wanted !== undefined)
    return { format: { ...base, secondaryHeaderOctets: wanted }, findings: [given(parameter, `${wanted} octets`)] };
  const formats = [base];
  for (let n = 1; n <= MOST_SECONDARY_HEADER_OCTETS; n++) formats.push({ ...base, secondaryHeaderOctets: n });
  const { format, agreement } = best(units, formats);
  const octets = format.secondaryHeaderOctets;
  const value = octets === undefined ? 'as long as its first octet says' : `${octets} octets`;
  return { format, findings: [{ parameter, value, evidence: agreementText(agreement), guessed: true }] };
};

const OCF = 'operational control field';

/**
 * An insert zone is never guessed, only hinted at: a private format with a header of its own before packets looks the
 * same, and packets must not be invented. Undefined where nothing speaks for one.
 */
const insertHint = (
  units: readonly Uint8Array[],
  formats: readonly FrameFormat[],
  now: Agreement,
): string | undefined => {
  if (now.agree > now.contradict || now.contradict === 0) return undefined;
  const more = Array.from({ length: MOST_INSERT_OCTETS }, (_, n) =>
    formats.map((format) => ({ ...format, insertZoneOctets: n + 1 })),
  ).flat();
  const { format, agreement } = best(units, more);
  if (agreement.agree < 3 || agreement.agree <= 2 * agreement.contradict) return undefined;
  const octets = format.insertZoneOctets;
  return `with one of ${octets} octets packets would agree in ${agreement.agree} frames: try --insert-zone ${octets}`;
};

const insertFinding = (octets: number, wanted: number | undefined, hint: string | undefined): Finding => {
  const value = `${octets} octets`;
  if (wanted !== undefined) return given('insert zone', value);
  return { parameter: 'insert zone', value, evidence: hint ?? 'only an option can tell of one', guessed: true };
};

const probeAosZones = (units: readonly Uint8Array[], base: FrameFormat, options: GivenParameters): ProbedFormat => {
  const formats = (options.ocf === undefined ? [false, true] : [options.ocf]).map((ocf) => ({ ...base, ocf }));
  const chosen = best(units, formats);
  let { format } = chosen;
  let evidence = agreementText(chosen.agreement);
  const scores = new Set(formats.map((one) => agreementScore(zoneAgreement(units, one))));
  // Long packets may not have ended where the probe ends: then both readings agree alike, and tell nothing.
  if (options.ocf === undefined && (chosen.agreement.agree === 0 || scores.size === 1)) {
    const like = countOf(units, (unit) => looksLikeClcw(unit, unit.length - base.fecfOctets));
    format = { ...format, ocf: units.length >= 2 && like >= 0.9 * units.length };
    evidence = `the last four octets read as a CLCW in ${like} of ${units.length} frames`;
  }
  const hint = options.insertZoneOctets === undefined ? insertHint(units, formats, chosen.agreement) : undefined;
  const present = yesOrNo(format.ocf === true);
  return {
    format,
    findings: [
      options.ocf === undefined ? { parameter: OCF, value: present, evidence, guessed: true } : given(OCF, present),
      insertFinding(base.insertZoneOctets, options.insertZoneOctets, hint),
    ],
  };
};

const probeUslpZone = (units: readonly Uint8Array[], base: FrameFormat, options: GivenParameters): ProbedFormat => {
  const { agreement } = best(units, [base]);
  const hint = options.insertZoneOctets === undefined ? insertHint(units, [base], agreement) : undefined;
  return { format: base, findings: [insertFinding(base.insertZoneOctets, options.insertZoneOctets, hint)] };
};

/** What is not given is found from these frames, some hundred of them at most. Their length is that of the format. */
export const probeFormat = (
  kind: FrameKind,
  units: readonly Uint8Array[],
  lengthOctets: number | undefined,
  options: GivenParameters,
): ProbedFormat => {
  const fecf = probeFecf(kind, units, options.fecf);
  const { fhec, findings: fhecFindings } = probeFhec(kind, units, options.fhec);
  const base: FrameFormat = {
    kind,
    ...(lengthOctets === undefined ? {} : { lengthOctets }),
    fecfOctets: fecf.octets,
    fhec,
    insertZoneOctets: options.insertZoneOctets ?? 0,
  };
  const findings: Finding[] = [fecf.finding, ...fhecFindings];
  if (kind === 'aos') {
    const zones = probeAosZones(units, base, options);
    return { format: zones.format, findings: [...findings, ...zones.findings] };
  }
  if (kind === 'uslp') {
    const zone = probeUslpZone(units, base, options);
    return { format: zone.format, findings: [...findings, ...zone.findings] };
  }
  const flagged = countOf(units, (unit) => (unit[1]! & 1) === 1);
  const ocf: Finding =
    options.ocf === undefined
      ? {
          parameter: OCF,
          value: 'as flagged',
          evidence: `flag set in ${flagged} of ${units.length} frames`,
          guessed: false,
        }
      : given(OCF, yesOrNo(options.ocf));
  const withOcf = options.ocf === undefined ? base : { ...base, ocf: options.ocf };
  const second = probeSecondaryHeader(units, withOcf, options.secondaryHeaderOctets);
  return { format: second.format, findings: [...findings, ocf, ...second.findings] };
};
