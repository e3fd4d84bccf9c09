// What a spacecraft can be asked and what it tells, with absolute ids: the meeting place of ground and flight software.
import type { Standard, Throttle } from '../kernel/declare.ts';
import type { AnyField, Fields } from '../kernel/field.ts';

interface Entry {
  /** `instance.name`, unique among its kind. */
  readonly name: string;
  readonly instance: string;
  /** Absolute: the base of the instance and the declared id. 0..65535. */
  readonly id: number;
}

export interface CommandEntry extends Entry {
  /** The name within the instance. */
  readonly command: string;
  readonly fields: Fields;
  /** How long it may take; 0 when it is answered at once. */
  readonly withinUs: number;
  /** The packet service that carries it instead of the function service (8, 1). */
  readonly standard?: Standard;
  readonly doc?: string;
}

export interface EventEntry extends Entry {
  readonly event: string;
  readonly severity: 'info' | 'low' | 'medium' | 'high';
  readonly fields: Fields;
  readonly format: string;
  readonly throttle?: Throttle;
}

export interface ChannelEntry extends Entry {
  readonly channel: string;
  readonly field: AnyField;
}

export interface ParamEntry extends Entry {
  readonly param: string;
  readonly field: AnyField;
  readonly initial: unknown;
}

/** A housekeeping structure that the spacecraft starts with. */
export interface StructureEntry {
  readonly sid: number;
  readonly name: string;
  /** Collection interval in units of 100 ms. */
  readonly intervalTenths: number;
  /** Qualified names of channels, in the order of the report. */
  readonly channels: readonly string[];
}

/** One list in the order of ids, and two ways to find in it. */
export interface Catalogue<E> {
  readonly all: readonly E[];
  byId(id: number): E | undefined;
  byName(name: string): E | undefined;
}

export interface Dictionary {
  readonly commands: Catalogue<CommandEntry>;
  readonly events: Catalogue<EventEntry>;
  readonly channels: Catalogue<ChannelEntry>;
  readonly params: Catalogue<ParamEntry>;
  readonly structures: Catalogue<StructureEntry>;
  /** The command that a packet service of a standard carries. */
  commandOfService(service: number, subtype: number): CommandEntry | undefined;
}
