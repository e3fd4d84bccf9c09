// The layer of frames: each unit is read, accounted by channel and spacecraft, and handed to the packets of its
// channel.
import { SequenceTracker } from '../../ccsds/space-packet/sequence-tracker.ts';
import { type ChannelCounts, ChannelTable, DUPLICATE } from '../../ccsds/virtual-channel/channel-account.ts';
import { OcfRuns } from '../../ccsds/virtual-channel/ocf-runs.ts';
import { ChannelPackets, type Ordinal } from './channel-packets.ts';
import type { FrameReader, ReadFrame } from './frame-reader.ts';
import { ReasonCounts } from './reason-counts.ts';
import type { UnitLine } from './report.ts';

export interface FrameLayerOptions {
  readonly keepDuplicates: boolean;
  /** Called for every unit, accepted or not. */
  readonly onUnit?: ((line: UnitLine) => void) | undefined;
}

const pointerText = (frame: ReadFrame): string => {
  if (frame.idle) return 'idle';
  if (frame.use === 'none') return frame.carries;
  if (frame.use !== 'zone') return `packets, ${frame.use}`;
  return frame.firstHeaderPointer >= frame.field.length
    ? 'no packet starts'
    : `first packet at ${frame.firstHeaderPointer}`;
};

export const frameText = (frame: ReadFrame): string =>
  [
    `SCID ${frame.spacecraftId}`,
    `VC ${frame.virtualChannelId}`,
    ...(frame.modulus > 0 ? [`count ${frame.count}`] : []),
    ...(frame.masterCount >= 0 ? [`MC ${frame.masterCount}`] : []),
    pointerText(frame),
    ...(frame.ocf === undefined ? [] : [`OCF ${frame.ocf.toString(16).padStart(8, '0')}`]),
  ].join('  ');

export class FrameLayer {
  readonly #reader: FrameReader;
  readonly #options: FrameLayerOptions;
  readonly #table: ChannelTable;
  readonly #packets = new Map<number, ChannelPackets>();
  readonly #masters = new Map<number, SequenceTracker>();
  readonly #ordinal: Ordinal = { next: 0 };
  readonly rejected = new ReasonCounts();
  readonly ocf = new OcfRuns();
  total = 0;
  accepted = 0;
  idle = 0;
  duplicates = 0;

  constructor(reader: FrameReader, options: FrameLayerOptions) {
    this.#reader = reader;
    this.#options = options;
    this.#table = new ChannelTable(options.keepDuplicates);
  }

  /** One unit that is to be a frame. `offset` and `octetsOfUnit` place it in the file. */
  push(octets: Uint8Array, offset: number, octetsOfUnit = octets.length): void {
    const frame = this.#reader.read(octets);
    if (!frame.ok) {
      this.reject(frame.reason, offset, octetsOfUnit);
      return;
    }
    const verdict = this.#account(frame.value, octets);
    this.#options.onUnit?.({ offset, octets: octetsOfUnit, verdict, text: frameText(frame.value) });
  }

  /** A unit that a layer below refused, or this one. */
  reject(reason: string, offset: number, octets: number): void {
    this.total++;
    this.rejected.add(reason);
    this.#options.onUnit?.({ offset, octets, verdict: reason, text: '' });
  }

  #account(frame: ReadFrame, octets: Uint8Array): string {
    const account = this.#table.account(frame.spacecraftId, frame.virtualChannelId);
    this.total++;
    if (account === undefined) {
      this.rejected.add('too many channels');
      return 'too many channels';
    }
    const missing = account.observe(frame, octets);
    if (missing === DUPLICATE) {
      this.duplicates++;
      if (!this.#options.keepDuplicates) return 'duplicate';
    }
    this.accepted++;
    if (frame.idle) this.idle++;
    if (frame.ocf !== undefined) this.ocf.observe(frame.ocf);
    if (frame.masterCount >= 0) this.#master(frame.spacecraftId).observe(frame.masterCount);
    this.#channel(frame).push(frame, missing !== 0);
    return missing === DUPLICATE ? 'duplicate, kept' : 'accepted';
  }

  #master(spacecraftId: number): SequenceTracker {
    let tracker = this.#masters.get(spacecraftId);
    if (tracker === undefined) {
      tracker = new SequenceTracker(256);
      this.#masters.set(spacecraftId, tracker);
    }
    return tracker;
  }

  #channel(frame: ReadFrame): ChannelPackets {
    const key = frame.spacecraftId * 64 + frame.virtualChannelId;
    let packets = this.#packets.get(key);
    if (packets === undefined) {
      packets = new ChannelPackets(frame, this.#reader, this.#ordinal);
      this.#packets.set(key, packets);
    }
    return packets;
  }

  channels(): ChannelCounts[] {
    return this.#table
      .accounts()
      .map((account) => account.counts())
      .filter((counts) => counts.frames > 0);
  }

  /** What each channel carries, in the order of `channels`; the file has ended. */
  contents(): ChannelPackets[] {
    const all = [...this.#packets.entries()].sort(([a], [b]) => a - b).map(([, packets]) => packets);
    for (const packets of all) packets.end();
    return all;
  }

  /** Breaks of the master channel counts, per spacecraft: 'SCID 42 frames missing' and so on. */
  masterCounts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [spacecraftId, tracker] of this.#masters) {
      const { gaps, lost } = tracker.save();
      counts[`SCID ${spacecraftId} gaps`] = gaps;
      counts[`SCID ${spacecraftId} frames missing`] = lost;
    }
    return counts;
  }
}
