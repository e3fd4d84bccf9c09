// What the uplink remembers, as plain data, and what its steps tell the layers around it.
import type { Clcw } from '../../ccsds/cop1/clcw.ts';
import type { DirectiveName } from '../../ccsds/cop1/fop1-events.ts';
import { type Fdu, type Fop, type FopSettings, fopReset } from '../../ccsds/cop1/fop1-state.ts';
import { type MasterCopies, noMasterCopies } from '../../ccsds/cop1/master-copies.ts';
import {
  firstSecurity,
  type LinkSecurity,
  overheadOctets,
  type SecurityState,
} from '../../ccsds/sdls/link-security.ts';
import type { Cltu, CltuKind } from '../station/declaration.ts';
import type { UplinkProgress } from '../verification/track.ts';
import type { DirectiveAnswer } from './request.ts';

/** A data unit that FOP-1 or the queues before it hold, and who asked for it. */
export interface Carried {
  readonly id: number;
  readonly token: number;
  readonly service: 'AD' | 'BD';
}

/** A CLTU that the station has and has not answered. */
export interface Below {
  readonly cltu: number;
  readonly kind: CltuKind;
  /** The token that the end of radiation is told to; a control command has none. */
  readonly token: number | undefined;
}

export interface UplinkState {
  readonly fop: Fop;
  /** Sequence-controlled data units that FOP-1 has not taken: it holds one itself. */
  readonly waiting: readonly Fdu[];
  /** Expedited data units that wait for the answer to the last. */
  readonly bypass: readonly Fdu[];
  readonly carried: readonly Carried[];
  readonly directives: readonly { readonly id: number; readonly token: number; readonly name: DirectiveName }[];
  readonly below: readonly Below[];
  /** Next packet sequence count. */
  readonly packetCount: number;
  /** One counter names data units, directives and CLTUs. */
  readonly nextId: number;
  /** The AD service starts by itself with the first clean control word. */
  readonly startsItself: boolean;
  readonly clcw: Clcw | undefined;
  readonly controlWords: number;
  readonly framesSent: number;
  readonly framesRepeated: number;
  /** Frames as they first went out: a repeat is the same octets, sealed once. */
  readonly copies: MasterCopies;
  /** Associations of the uplink with their counters; absent in clear mode. */
  readonly security: SecurityState | undefined;
}

export type UplinkAction =
  | { readonly type: 'cltu'; readonly cltu: Cltu }
  | { readonly type: 'progress'; readonly progress: UplinkProgress }
  | { readonly type: 'answer'; readonly answer: DirectiveAnswer }
  | { readonly type: 'arm'; readonly setting: number | 'cancel' }
  | { readonly type: 'alert'; readonly code: string }
  | { readonly type: 'suspended'; readonly state: number }
  | { readonly type: 'unattended' }
  | { readonly type: 'lockedOut' }
  | { readonly type: 'unlocked' }
  | { readonly type: 'started'; readonly vs: number }
  | { readonly type: 'repeat'; readonly sequence: number }
  | { readonly type: 'notSealed'; readonly reason: string }
  | { readonly type: 'directiveRefused'; readonly directive: DirectiveName; readonly reason: string };

/** Octets of a frame that are not its data: header and check. */
const FRAME_OVERHEAD_OCTETS = 7;

export type UplinkStep = readonly [state: UplinkState, ...actions: UplinkAction[]];

/** Managed parameters of the channel that commands take. */
export interface UplinkChannel {
  readonly spacecraftId: number;
  readonly virtualChannelId: number;
  readonly maximumFrameOctets: number;
  readonly randomized: boolean;
  /** Of the flight software, in the packets that the dictionary encodes. */
  readonly apid: number;
  readonly sourceId: number;
  /** Absent: frames go out in clear. */
  readonly security?: LinkSecurity | undefined;
}

/** The longest packet that one frame of the channel takes. */
export const mostPacketOctets = ({ maximumFrameOctets, security }: UplinkChannel): number =>
  maximumFrameOctets - FRAME_OVERHEAD_OCTETS - overheadOctets(security, 'TC');

export const uplinkReset = (
  settings: FopSettings,
  startsItself: boolean,
  security: LinkSecurity | undefined,
): UplinkState => ({
  fop: fopReset(settings),
  waiting: [],
  bypass: [],
  carried: [],
  directives: [],
  below: [],
  packetCount: 0,
  nextId: 1,
  startsItself,
  clcw: undefined,
  controlWords: 0,
  framesSent: 0,
  framesRepeated: 0,
  copies: noMasterCopies,
  security: security === undefined ? undefined : firstSecurity(security, 'TC'),
});

export const tell = ([state, ...told]: UplinkStep, ...actions: UplinkAction[]): UplinkStep => [
  state,
  ...told,
  ...actions,
];

export const change = ([state, ...told]: UplinkStep, changes: Partial<UplinkState>): UplinkStep => [
  { ...state, ...changes },
  ...told,
];
