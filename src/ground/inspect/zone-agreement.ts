// How well frames read under some format agree with each other as packets: a packet that runs on into the next frame
// must end where that frame's pointer says. This tells trailers, insert zones and secondary headers from data.
import { PacketAssembler } from '../../ccsds/space-packet/packet-assembler.ts';
import { frameReader, type ReadFrame } from './frame-reader.ts';
import type { FrameFormat } from './parameters.ts';

export interface Agreement {
  /** Frames whose pointer is where the packet before ends. */
  readonly agree: number;
  readonly contradict: number;
}

interface Channel {
  readonly assembler: PacketAssembler;
  count: number;
  contradicted: boolean;
  begun: boolean;
}

const PARTS_MISSING: ReadonlySet<string> = new Set(['gap', 'no packet start']);

const channelOf = (channels: Map<number, Channel>, frame: ReadFrame, pointers: object): Channel => {
  const key = (frame.spacecraftId * 64 + frame.virtualChannelId) * 16 + frame.mapId;
  let channel = channels.get(key);
  if (channel === undefined) {
    const made: Channel = {
      assembler: new PacketAssembler(
        {
          packet: () => {},
          dropped: (reason) => {
            if (!PARTS_MISSING.has(reason)) made.contradicted = true;
          },
        },
        pointers,
      ),
      count: -1,
      contradicted: false,
      begun: false,
    };
    channel = made;
    channels.set(key, channel);
  }
  return channel;
};

/** Reads every unit; those that the format refuses are passed over. */
export const zoneAgreement = (units: readonly Uint8Array[], format: FrameFormat): Agreement => {
  const reader = frameReader(format);
  const channels = new Map<number, Channel>();
  let agree = 0;
  let contradict = 0;
  for (const unit of units) {
    const read = reader.read(unit);
    if (!read.ok || read.value.idle) continue;
    const frame = read.value;
    if (frame.use !== 'zone') {
      contradict++;
      continue;
    }
    const channel = channelOf(channels, frame, reader);
    if (frame.modulus > 0) {
      if (channel.count === frame.count) continue;
      if (channel.count >= 0 && frame.count !== (channel.count + 1) % frame.modulus) {
        channel.assembler.gap();
        channel.begun = false;
      }
      channel.count = frame.count;
    }
    const expected = channel.begun && (channel.assembler.pendingOctets > 0 || frame.firstHeaderPointer === 0);
    channel.contradicted = false;
    channel.assembler.push(frame.field, frame.firstHeaderPointer);
    if (channel.contradicted) contradict++;
    else if (expected) agree++;
    channel.begun = !channel.contradicted;
  }
  return { agree, contradict };
};

/** One contradiction outweighs three agreements: short packets agree by chance, long ones do not. */
export const agreementScore = ({ agree, contradict }: Agreement): number => agree - 3 * contradict;
