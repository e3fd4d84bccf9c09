// What the downlink makes of packets: values with names, as plain data, for the archive and for whoever watches.

export type Severity = 'info' | 'low' | 'medium' | 'high';

interface Timed {
  /** Time on the ground at which the frame that ends the packet came in. */
  readonly receivedUs: number;
  /** On-board time of the report in microseconds TAI since 1958. */
  readonly onboardUs: number;
}

export interface TelemetryValue {
  readonly id: number;
  /** `instance.channel`, as the dictionary has it. */
  readonly name: string;
  readonly value: unknown;
}

export interface TelemetryReport extends Timed {
  /** 'housekeeping' of ST[03], 'parameters' of ST[20]. */
  readonly source: 'housekeeping' | 'parameters';
  /** Structure id of ST[03]; 0 for parameters. */
  readonly structure: number;
  readonly values: readonly TelemetryValue[];
}

export interface EventReport extends Timed {
  readonly id: number;
  /** `instance.event`, as the dictionary has it. */
  readonly name: string;
  readonly severity: Severity;
  readonly args: Readonly<Record<string, unknown>>;
  /** The format of the declaration with its arguments filled in. */
  readonly text: string;
}

/** A report that no view of its own exists for, such as (17,2): named by its numbers. */
export interface OtherReport extends Timed {
  readonly apid: number;
  readonly service: number;
  readonly subtype: number;
  /** Source data behind the secondary header, without the packet's check. */
  readonly data: Uint8Array;
  /** What it says, where that is known. */
  readonly text?: string;
}

/** One pair of ST[09]: the on-board time of a frame, and when that frame came in. */
export interface TimeCorrelation extends Timed {
  /** On-board time less mission time at that instant, with the light time taken off. */
  readonly offsetUs: number;
}
