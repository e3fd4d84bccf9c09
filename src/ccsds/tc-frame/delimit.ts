// Delimiting and fill removal, CCSDS 232.0-B-4 section 4.4: what a CLTU carried is one or more frames and then at most
// six octets of fill, which only the frames' length fields can tell apart from data.
import { tcFrameLength } from './tc-frame.ts';

/** A code block has seven octets of information, so that at most six are fill. */
export const FILL_MAXIMUM_OCTETS = 6;

/**
 * Views of the frames in the data of one CLTU. A frame whose length field asks for more than there is comes back as all
 * that is left, and frame validation refuses it as a 'length mismatch'.
 */
export const delimitTcFrames = (data: Uint8Array): Uint8Array[] => {
  const frames: Uint8Array[] = [];
  let at = 0;
  do {
    const length = tcFrameLength(data, at) ?? data.length - at;
    const end = Math.min(at + length, data.length);
    frames.push(data.subarray(at, end));
    at = end;
  } while (data.length - at > FILL_MAXIMUM_OCTETS);
  return frames;
};
