// A file of CLTUs: start sequence, code blocks, tail; in them TC frames; in those packets, with a segment header before
// them or not. Frames with a sequence number (AD) are accounted by it, the others have no count.
import {
  type CltuStream,
  cltuStreamStart,
  type DeframedCltu,
  deframeCltus,
  endOfCltus,
} from '../../ccsds/cltu/deframe.ts';
import { packetLengthAt, versionAt } from '../../ccsds/space-packet/space-packet.ts';
import { delimitTcFrames } from '../../ccsds/tc-frame/delimit.ts';
import { type TcFrame, tcFrame } from '../../ccsds/tc-frame/tc-frame.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import type { FrameLayer } from './frame-layer.ts';
import type { FieldUse, ReadFrame } from './frame-reader.ts';
import { ReasonCounts } from './reason-counts.ts';

const ALL_CHANNELS = Array.from({ length: 64 }, (_, id) => id);

/** Reads TC frames of any spacecraft: one codec each, made when its id is first seen. */
export const tcReader = (fecf: boolean): ((octets: Uint8Array) => Result<TcFrame>) => {
  const codecs = new Map<number, Codec<TcFrame>>();
  return (octets) => {
    if (octets.length < 2) return refuse('frame too short', octets.length);
    const spacecraftId = ((octets[0]! & 3) << 8) | octets[1]!;
    let codec = codecs.get(spacecraftId);
    if (codec === undefined) {
      codec = tcFrame({ spacecraftId, virtualChannels: ALL_CHANNELS, fecf });
      codecs.set(spacecraftId, codec);
    }
    return codec.decode(octets);
  };
};

/** Whether octets from `at` on are whole packets and nothing else. */
const isPackets = (octets: Uint8Array, at: number): boolean => {
  let next = at;
  while (next < octets.length) {
    const length = versionAt(octets, next) === 0 ? packetLengthAt(octets, next) : 0;
    if (length === 0) return false;
    next += length;
  }
  return next === octets.length && next > at;
};

const SEGMENT_USES: readonly FieldUse[] = ['middle', 'first', 'last', 'whole'];

/** A packet without segment header is told by its own length; else the first octet is taken for a segment header. */
const placeOf = (data: Uint8Array): { readonly use: FieldUse; readonly start: number; readonly mapId: number } => {
  if (isPackets(data, 0)) return { use: 'whole', start: 0, mapId: 0 };
  const flags = data[0]! >> 6;
  if (flags === 3 && !isPackets(data, 1)) return { use: 'none', start: 0, mapId: 0 };
  return { use: SEGMENT_USES[flags]!, start: 1, mapId: data[0]! & 63 };
};

/** What the accounts need of a TC frame. */
export const ofTc = (frame: TcFrame): ReadFrame => {
  const { use, start, mapId } =
    frame.service === 'BC' ? { use: 'none' as const, start: 0, mapId: 0 } : placeOf(frame.data);
  return {
    spacecraftId: frame.spacecraftId,
    virtualChannelId: frame.virtualChannelId,
    count: frame.sequence,
    modulus: frame.service === 'AD' ? 256 : 0,
    sequence: 0,
    idle: false,
    masterCount: -1,
    mapId,
    use,
    field: frame.data.subarray(start),
    firstHeaderPointer: 0,
    carries: frame.service === 'BC' ? 'BC, a control command' : `${frame.service}, no whole packets`,
  };
};

export class CltuLayer {
  readonly #frames: FrameLayer;
  readonly #randomized: boolean;
  readonly counts = new ReasonCounts();
  #stream: CltuStream = cltuStreamStart;
  #octets = 0;
  #endOfLast = 0;
  #unitOctets = 0;

  /** `frames` must read TC frames (`tcFrameReader`). */
  constructor(frames: FrameLayer, randomized: boolean) {
    this.#frames = frames;
    this.#randomized = randomized;
  }

  push(chunk: Uint8Array): void {
    this.#octets += chunk.length;
    const { state, units, refusals } = deframeCltus(this.#stream, chunk, { randomized: this.#randomized });
    this.#stream = state;
    const found = [
      ...units.map((unit) => ({ offset: unit.offset, unit })),
      ...refusals.map(({ offset, reason }) => ({ offset, reason })),
    ].sort((a, b) => a.offset - b.offset);
    for (const one of found) {
      if ('unit' in one) this.#unit(one.unit);
      else this.#frames.reject(one.reason, one.offset, 0);
    }
  }

  #unit(unit: DeframedCltu): void {
    this.counts.add('CLTUs');
    this.counts.add('code blocks', unit.blocks);
    this.counts.add('corrected bits', unit.correctedBits);
    this.counts.add(
      `ended by ${unit.end === 'tail' ? 'the tail' : unit.end === 'unfinished' ? 'the file' : 'a bad block'}`,
    );
    const tail = unit.end === 'tail' ? 8 : 0;
    const octets = 2 + 8 * unit.blocks + tail;
    this.#endOfLast = unit.offset + octets;
    this.#unitOctets += octets;
    for (const frame of delimitTcFrames(unit.data)) this.#frames.push(frame, unit.offset, octets);
  }

  /** Octets behind the last unit. */
  end(): number {
    const unit = endOfCltus(this.#stream, { randomized: this.#randomized });
    if (unit !== undefined) this.#unit(unit);
    this.counts.add('octets between units', Math.max(0, this.#endOfLast - this.#unitOctets));
    return Math.max(0, this.#octets - this.#endOfLast);
  }
}

/** The reader that a `FrameLayer` of TC frames takes. */
export const tcFrameReader = (fecf: boolean) => {
  const read = tcReader(fecf);
  return {
    kind: 'tm' as const,
    noPacketStart: -1,
    onlyIdleData: -1,
    read: (octets: Uint8Array): Result<ReadFrame> => {
      const frame = read(octets);
      return frame.ok ? ok(ofTc(frame.value)) : frame;
    },
  };
};
