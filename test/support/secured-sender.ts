// A sender of protected telecommand frames, one counter after the other: what a ground station does, without one.
import type { FrameKind } from '../../src/ccsds/sdls/frame-kind.ts';
import { tcKind } from '../../src/ccsds/sdls/frame-kind.ts';
import { firstSecurity, type LinkSecurity, sealFrame } from '../../src/ccsds/sdls/link-security.ts';
import type { TcFrame, TcService } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { securedEnd } from './secured-ends.ts';

export const uplinkKind: FrameKind<TcFrame> = tcKind({ spacecraftId: 42, virtualChannels: [0, 1] }, [1]);

/** Returns the octets of a frame, sealed. */
export const securedSender = (security: LinkSecurity = securedEnd('ground')) => {
  let state = firstSecurity(security, 'TC');
  return (data: Uint8Array, service: TcService = 'BD', sequence = 0, virtualChannelId = 0): Uint8Array => {
    const frame = { service, spacecraftId: 42, virtualChannelId, sequence, data };
    const sealed = sealFrame(uplinkKind, frame, state, security);
    if (!sealed.ok) throw new Error(`sender: ${sealed.reason}`);
    state = sealed.value.state;
    return sealed.value.octets;
  };
};
