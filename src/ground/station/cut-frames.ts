// Frames of one length out of a stream of octets without markers, as a lossless stream link carries them: TCP keeps
// every octet, so that only the start of a connection has to be found. A frame is taken to start where version and
// spacecraft id stand; whether it is one, its own check decides later.

export interface StreamFraming {
  readonly frameOctets: number;
  readonly spacecraftId: number;
}

export interface Cut {
  /** What is left: always shorter than a frame. */
  readonly rest: Uint8Array;
  /** In the order of the stream, each octets of its own. */
  readonly frames: readonly Uint8Array[];
  /** Octets that were passed over in search of a start. */
  readonly skipped: number;
}

/** Version 00 and ten bits of spacecraft id (132.0-B-3 4.1.2.2) in the first twelve bits. */
const startsAt = (octets: Uint8Array, at: number, spacecraftId: number): boolean =>
  ((octets[at]! << 4) | (octets[at + 1]! >> 4)) === spacecraftId;

export const cutFrames = (rest: Uint8Array, octets: Uint8Array, framing: StreamFraming): Cut => {
  const { frameOctets, spacecraftId } = framing;
  const stream = new Uint8Array(rest.length + octets.length);
  stream.set(rest);
  stream.set(octets, rest.length);
  const frames: Uint8Array[] = [];
  let at = 0;
  let skipped = 0;
  while (at + frameOctets <= stream.length) {
    if (startsAt(stream, at, spacecraftId)) {
      frames.push(stream.slice(at, at + frameOctets));
      at += frameOctets;
    } else {
      at++;
      skipped++;
    }
  }
  return { rest: stream.slice(at), frames, skipped };
};
