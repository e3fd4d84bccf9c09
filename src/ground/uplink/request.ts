// What the desk may ask of the uplink, and what the uplink answers. Requests are plain data with names instead of
// octets, so that a logged session reads as what the operator meant.
import type { DirectiveName } from '../../ccsds/cop1/fop1-events.ts';
import type { Acknowledgements } from '../../ccsds/pus/telecommand.ts';

interface Asked {
  /** Given by whoever asks, unique in the run: the answers name it. */
  readonly token: number;
}

/** A command of the dictionary. */
export interface CommandRequest extends Asked {
  readonly type: 'command';
  /** `instance.Command`, as the dictionary has it. */
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly ack: Acknowledgements;
  /** BD service: not sequence-controlled, passes in every state of FOP-1 and FARM-1. */
  readonly bypass: boolean;
}

/** A packet as it is, wrong or not: for tests and for what the dictionary refuses. */
export interface PacketRequest extends Asked {
  readonly type: 'packet';
  readonly octets: Uint8Array;
  readonly bypass: boolean;
}

/** Past FOP-1: a whole transfer frame into a CLTU as it is, or the octets of a CLTU as they are. */
export interface RawRequest extends Asked {
  readonly type: 'frame' | 'cltu';
  readonly octets: Uint8Array;
}

/**
 * A directive of FOP-1 (232.1-B-2 table 5-1). `value` where the directive has one: V(R), V(S), K, microseconds, TL,
 * TT.
 */
export interface DirectiveRequest extends Asked {
  readonly type: 'directive';
  readonly name: DirectiveName;
  readonly value?: number;
}

export type UplinkRequest = CommandRequest | PacketRequest | RawRequest | DirectiveRequest;

/** What became of a directive. 'confirmed' and 'failed' end it; 'accepted' comes before 'confirmed'. */
export interface DirectiveAnswer {
  readonly token: number;
  readonly name: DirectiveName;
  readonly state: 'accepted' | 'rejected' | 'confirmed' | 'failed';
  readonly reason: string;
}
