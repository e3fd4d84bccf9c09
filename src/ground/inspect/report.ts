// What an inspection says, in the form that scripts rely on (`tharsis inspect --json` prints exactly these keys), and
// beside it what only people read.
import type { ChannelCounts } from '../../ccsds/virtual-channel/channel-account.ts';
import type { Finding, InspectKind } from './parameters.ts';

export interface FrameCounts {
  /** All units of the file: accepted, duplicates and rejected. */
  readonly total: number;
  readonly accepted: number;
  /** Of the accepted ones, those that carry only idle data. */
  readonly idle: number;
  readonly duplicates: number;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface ApidCounts {
  readonly apid: number;
  readonly count: number;
  readonly octets: number;
  /** Discontinuities of the sequence count. */
  readonly gaps: number;
  readonly crcGood: number;
  readonly crcBad: number;
  /** Packets by 'service,subtype'; empty unless the packets are PUS. */
  readonly services: Readonly<Record<string, number>>;
  /** Sequence counts of the first and the last packet. */
  readonly first: number;
  readonly last: number;
}

export interface PacketCounts {
  readonly total: number;
  readonly octets: number;
  readonly apids: readonly ApidCounts[];
}

/** The object of `--json`, without the file's name. */
export interface InspectReport {
  readonly as: InspectKind;
  readonly octets: number;
  readonly frames: FrameCounts;
  readonly spacecraft: readonly number[];
  readonly ocf: readonly { readonly value: string; readonly count: number }[];
  readonly channels: readonly ChannelCounts[];
  readonly packets: PacketCounts;
  /** Octets at the end that are no whole unit. */
  readonly leftoverOctets: number;
}

/** What a virtual channel turned out to carry. */
export interface ChannelContent {
  readonly scid: number;
  readonly vcid: number;
  readonly content: 'packets' | 'idle' | 'not packets' | 'empty';
  /** Why, in words. */
  readonly evidence: string;
  /** Whole packets found, also where they were not believed. */
  readonly packets: number;
  readonly apids: readonly number[];
  /** Octets that belong to no whole packet, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What is known of an APID beyond its counts. */
export interface ApidNote {
  readonly apid: number;
  /** Such as 'PUS-C' and why it is believed. */
  readonly standard: string;
  readonly evidence: string;
  readonly crcEvidence: string;
}

export interface Inspection {
  readonly report: InspectReport;
  readonly findings: readonly Finding[];
  readonly contents: readonly ChannelContent[];
  readonly notes: readonly ApidNote[];
  /** Layer counters in words, such as the sync marker's. */
  readonly layers: readonly { readonly layer: string; readonly counts: Readonly<Record<string, number>> }[];
  readonly remarks: readonly string[];
}

/** One unit of the file, for `--list`. */
export interface UnitLine {
  readonly offset: number;
  readonly octets: number;
  /** 'accepted', 'duplicate' or the reason of refusal. */
  readonly verdict: string;
  /** What it is, in words. */
  readonly text: string;
}
