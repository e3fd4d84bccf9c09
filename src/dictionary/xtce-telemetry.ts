// The telemetry half of XTCE: packet headers, time, and one container for each housekeeping structure, event, kind of
// verification report and single parameter value. Layouts: 133.0-B-2, ECSS-E-ST-70-41C 7.4.3 and clause 8.
import { type AnyField, type Fields, rest, u8, u16 } from '../kernel/field.ts';
import type { Dictionary, EventEntry } from './dictionary.ts';
import { element, type XmlElement } from './xml.ts';
import { declarations, entries, type XtceValue, xtceName, xtceRun } from './xtce-entries.ts';
import { XtceTypes } from './xtce-types.ts';

/** Octets of primary header, secondary header and time (CUC 4+2) before the source data. */
const DATA_AT = 19;
const SEVERITIES = ['info', 'low', 'medium', 'high'] as const;

type Comparison = readonly [parameter: string, value: number, operator?: '<='];

interface Container {
  readonly name: string;
  readonly doc?: string;
  readonly base?: string;
  readonly when?: readonly Comparison[];
  readonly values: readonly XtceValue[];
}

const restriction = (when: readonly Comparison[]): XmlElement =>
  element('RestrictionCriteria', {}, [
    element(
      'ComparisonList',
      {},
      when.map(([parameterRef, value, comparisonOperator]) =>
        element('Comparison', { parameterRef, value, comparisonOperator, useCalibratedValue: false }),
      ),
    ),
  ]);

const containerElement = ({ name, doc, base, when, values }: Container): XmlElement =>
  element('SequenceContainer', { name, shortDescription: doc }, [
    element('EntryList', {}, entries('Parameter', values)),
    ...(base === undefined ? [] : [element('BaseContainer', { containerRef: base }, [restriction(when ?? [])])]),
  ]);

/** `[name, bits]` rows as values of unsigned types. */
const header = (types: XtceTypes, rows: readonly (readonly [string, number])[]): readonly XtceValue[] =>
  rows.map(([name, bits]) => ({ name, type: types.unsigned(bits), inPacket: true }));

const timeType = (types: XtceTypes): string =>
  types.add(
    element('AbsoluteTimeParameterType', {}, [
      element('Encoding', { units: 'seconds', scale: 2 ** -16 }, [
        element('IntegerDataEncoding', { sizeInBits: 48, encoding: 'unsigned' }),
      ]),
      element('ReferenceTime', {}, [element('Epoch', {}, 'TAI')]),
    ]),
    'on_board_time_type',
  );

const headers = (types: XtceTypes): readonly Container[] => [
  {
    name: 'CCSDSPacket',
    doc: 'Space packet, CCSDS 133.0-B-2',
    values: header(types, [
      ['packet_version', 3],
      ['packet_type', 1],
      ['secondary_header_flag', 1],
      ['apid', 11],
      ['sequence_flags', 2],
      ['sequence_count', 14],
      ['packet_length', 16],
    ]),
  },
  {
    name: 'pus_telemetry',
    doc: 'Telemetry packet, ECSS-E-ST-70-41C',
    base: 'CCSDSPacket',
    when: [
      ['packet_type', 0],
      ['secondary_header_flag', 1],
    ],
    values: [
      ...header(types, [
        ['pus_version', 4],
        ['time_reference_status', 4],
        ['service', 8],
        ['subtype', 8],
        ['message_type_counter', 16],
        ['destination_id', 16],
      ]),
      { name: 'on_board_time', type: timeType(types), inPacket: true },
    ],
  },
  {
    name: 'time_packet',
    doc: 'Time report (9,2): rate exponent and CUC',
    base: 'CCSDSPacket',
    when: [
      ['apid', 0],
      ['packet_type', 0],
      ['secondary_header_flag', 0],
    ],
    values: [
      ...header(types, [['rate_exponent', 8]]),
      { name: 'reported_time', type: timeType(types), inPacket: true },
      ...header(types, [['packet_error_control', 16]]),
    ],
  },
];

class TelemetryBuilder {
  readonly types = new XtceTypes('Parameter');
  readonly containers: Container[] = [...headers(this.types)];
  readonly #check: XtceValue = { name: 'packet_error_control', type: this.types.unsigned(16), inPacket: true };

  /** A container for a whole packet: fields, then the check where the fields can be sized to their end. */
  leaf(container: Omit<Container, 'values'>, prefix: string, fields: Fields, octetsBefore: number): void {
    const run = xtceRun(this.types, prefix, fields, octetsBefore);
    this.containers.push({ ...container, values: run.whole ? [...run.values, this.#check] : run.values });
  }

  /** A container that others extend: fields only. */
  base(container: Omit<Container, 'values'>, fields: Fields): void {
    this.containers.push({ ...container, values: xtceRun(this.types, '', fields, DATA_AT).values });
  }

  /** An event id reads as a name where it is decoded, and is compared as a number. */
  eventBase(events: readonly EventEntry[]): void {
    const labels = events.map(({ id, name }) => element('Enumeration', { value: id, label: name }));
    const type = this.types.add(
      element('EnumeratedParameterType', {}, [
        element('IntegerDataEncoding', { sizeInBits: 16, encoding: 'unsigned' }),
        element('EnumerationList', {}, labels),
      ]),
      'event_id_type',
    );
    const values = [{ name: 'event_id', type, inPacket: true }];
    const when: readonly Comparison[] = [
      ['service', 5],
      ['subtype', SEVERITIES.length, '<='],
    ];
    this.containers.push({ name: 'event_report', base: 'pus_telemetry', when, values });
  }
}

const verification = (builder: TelemetryBuilder): void => {
  builder.containers.push({
    name: 'verification_report',
    doc: 'Request verification, service 1',
    base: 'pus_telemetry',
    when: [['service', 1]],
    values: header(builder.types, [
      ['request_packet_version', 3],
      ['request_packet_type', 1],
      ['request_secondary_header_flag', 1],
      ['request_apid', 11],
      ['request_sequence_flags', 2],
      ['request_sequence_count', 14],
    ]),
  });
  const failure = { code: u16(), data: rest() };
  const step = { step: u8() };
  const reports: readonly (readonly [subtype: number, name: string, prefix: string, fields: Fields])[] = [
    [1, 'acceptance_success', '', {}],
    [2, 'acceptance_failure', 'acceptance_failure_', failure],
    [3, 'start_success', '', {}],
    [4, 'start_failure', 'start_failure_', failure],
    [5, 'progress_success', 'progress_', step],
    [6, 'progress_failure', 'progress_failure_', { ...step, ...failure }],
    [7, 'completion_success', '', {}],
    [8, 'completion_failure', 'completion_failure_', failure],
    [10, 'routing_failure', 'routing_failure_', failure],
  ];
  for (const [subtype, name, prefix, fields] of reports)
    builder.leaf({ name, base: 'verification_report', when: [['subtype', subtype]] }, prefix, fields, DATA_AT + 4);
};

const housekeeping = (builder: TelemetryBuilder, dictionary: Dictionary): void => {
  const when: readonly Comparison[] = [
    ['service', 3],
    ['subtype', 25],
  ];
  builder.base({ name: 'housekeeping_report', base: 'pus_telemetry', when }, { structure_id: u16() });
  for (const { sid, name, channels } of dictionary.structures.all) {
    const fields: Record<string, AnyField> = {};
    for (const channel of channels) fields[xtceName(channel)] = dictionary.channels.byName(channel)!.field;
    const container = { name: `housekeeping_${xtceName(name)}`, base: 'housekeeping_report' };
    builder.leaf({ ...container, when: [['structure_id', sid]] }, '', fields, DATA_AT + 2);
  }
};

const events = (builder: TelemetryBuilder, dictionary: Dictionary): void => {
  builder.eventBase(dictionary.events.all);
  for (const { id, name, severity, format, fields } of dictionary.events.all) {
    const when: readonly Comparison[] = [
      ['subtype', SEVERITIES.indexOf(severity) + 1],
      ['event_id', id],
    ];
    const container = { name: `event_${xtceName(name)}`, doc: format, base: 'event_report', when };
    builder.leaf(container, `event_${xtceName(name)}_`, fields, DATA_AT + 2);
  }
};

/** (20,2) has a value of any parameter at any place: only a report of one parameter has a layout of its own. */
const parameters = (builder: TelemetryBuilder, dictionary: Dictionary): void => {
  const when: readonly Comparison[] = [
    ['service', 20],
    ['subtype', 2],
  ];
  builder.base(
    { name: 'parameter_report', base: 'pus_telemetry', when },
    { parameter_count: u8(), parameter_id: u16() },
  );
  for (const { id, name, field } of dictionary.params.all) {
    const only: readonly Comparison[] = [
      ['parameter_count', 1],
      ['parameter_id', id],
    ];
    const container = { name: `parameter_${xtceName(name)}_report`, base: 'parameter_report', when: only };
    builder.leaf(container, 'parameter_', { [xtceName(name)]: field }, DATA_AT + 3);
  }
};

const others = (builder: TelemetryBuilder): void => {
  const report = (service: number, subtype: number, name: string, prefix: string, fields: Fields): void => {
    const when: readonly Comparison[] = [
      ['service', service],
      ['subtype', subtype],
    ];
    builder.leaf({ name, base: 'pus_telemetry', when }, prefix, fields, DATA_AT);
  };
  const ids: AnyField = { kind: 'list', item: { id: u16() }, maxCount: 255 };
  const structure = { structure_id: u16(), enabled: u8(), interval_tenths: u16(), channels: ids };
  report(3, 10, 'structure_report', 'reported_', structure);
  report(5, 8, 'disabled_events_report', 'disabled_', { events: ids });
  report(17, 2, 'alive_report', '', {});
  report(17, 4, 'connection_report', 'connection_', { apid: u16() });
};

/** The element TelemetryMetaData. */
export const xtceTelemetry = (dictionary: Dictionary): XmlElement => {
  const builder = new TelemetryBuilder();
  verification(builder);
  housekeeping(builder, dictionary);
  events(builder, dictionary);
  parameters(builder, dictionary);
  others(builder);
  const values = new Map<string, XtceValue>();
  for (const container of builder.containers) for (const value of container.values) values.set(value.name, value);
  return element('TelemetryMetaData', {}, [
    element('ParameterTypeSet', {}, builder.types.elements),
    element('ParameterSet', {}, declarations('Parameter', [...values.values()])),
    element('ContainerSet', {}, builder.containers.map(containerElement)),
  ]);
};
