// A telecommand packet as it leaves the uplink, and the buffer that it fills until somebody has dealt with it.

/** Packets of AD frames and of BD frames have buffers of their own: BD frames know no wait. */
export type BufferPool = 'sequenced' | 'express';

export interface ReceivedPacket {
  readonly octets: Uint8Array;
  readonly virtualChannelId: number;
  readonly pool: BufferPool;
}

/** Gives back the buffer of one packet, or all of them when the user has lost its mail. */
export type ReleasedBuffer = 'all' | { readonly virtualChannelId: number; readonly pool: BufferPool };
