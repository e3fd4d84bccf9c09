// The managed parameters of a recording: what is given, what a probe found, and what was taken in the end.
import type { RandomizerSequence } from '../../ccsds/tm-coding/randomizer.ts';
import type { ReedSolomonParameters } from '../../ccsds/tm-coding/reed-solomon.ts';

/** What the units of a file are. */
export const inspectKinds = ['tm', 'aos', 'uslp', 'cadu', 'cltu', 'packets'] as const;
export type InspectKind = (typeof inspectKinds)[number];

export type FrameKind = 'tm' | 'aos' | 'uslp';

/** Error control of USLP frames has two or four octets; 0: none. */
export type FecfOctets = 0 | 2 | 4;

/** Reed-Solomon as it is given: without a basis, both are tried. */
export type GivenReedSolomon = Pick<ReedSolomonParameters, 'correctable' | 'interleaving' | 'basis'>;

/** Everything may be left out: it is probed. */
export interface GivenParameters {
  /** Octets of a transfer frame, headers and trailer included. */
  readonly lengthOctets?: number;
  readonly fecf?: boolean;
  readonly ocf?: boolean;
  readonly fhec?: boolean;
  readonly secondaryHeaderOctets?: number;
  readonly insertZoneOctets?: number;
  readonly randomized?: boolean | RandomizerSequence;
  /** False: there is none, and none is looked for. */
  readonly reedSolomon?: GivenReedSolomon | false;
  /** Octets before each unit that belong to whoever recorded it. */
  readonly skipOctets?: number;
  /** A repeated frame is taken as a frame. */
  readonly keepDuplicates?: boolean;
  /** Packets of another version than 0 are refused even where the whole file has it. */
  readonly strict?: boolean;
}

/** How frames of one kind are to be read. */
export interface FrameFormat {
  readonly kind: FrameKind;
  /** Absent where every unit has its own length. */
  readonly lengthOctets?: number;
  readonly fecfOctets: FecfOctets;
  /** Absent for TM and USLP: the flag of each frame says it. */
  readonly ocf?: boolean;
  readonly fhec: boolean;
  /** TM only; absent: the secondary header tells its own length. */
  readonly secondaryHeaderOctets?: number;
  readonly insertZoneOctets: number;
}

/** How the octets of a unit become a frame. */
export interface CodingFormat {
  readonly randomizer: RandomizerSequence | 'none';
  readonly reedSolomon?: ReedSolomonParameters;
}

/** One finding of a probe, in words for people. */
export interface Finding {
  /** Such as 'frame length'. */
  readonly parameter: string;
  /** Such as '1115 octets'. */
  readonly value: string;
  readonly evidence: string;
  /** False: it was given, or follows from what was. */
  readonly guessed: boolean;
}
