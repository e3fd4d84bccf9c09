// What a component hands to the telemetry packetizer: the service's data without headers, time or counts.
// ECSS-E-ST-70-41C (PUS-C), clause 7.4.3: the packetizer adds the packet and the secondary header.

export interface TelemetryMessage {
  readonly service: number;
  readonly subtype: number;
  /** The source data field, as the service lays it out. */
  readonly data: Uint8Array;
}
