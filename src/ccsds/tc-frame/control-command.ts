// The two control commands that a BC frame may hold, CCSDS 232.0-B-4 section 4.1.3.3: they act on the FARM itself.
// The octets are exact: anything longer, shorter or with another filling is no control command.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';

export type ControlCommand =
  | { readonly name: 'unlock' }
  /** V(R), 0..255. */
  | { readonly name: 'setVr'; readonly vr: number };

const decode = (octets: Uint8Array): Result<ControlCommand> => {
  if (octets.length === 1 && octets[0] === 0x00) return ok({ name: 'unlock' });
  if (octets.length === 3 && octets[0] === 0x82 && octets[1] === 0x00) return ok({ name: 'setVr', vr: octets[2]! });
  return refuse('illegal control command');
};

/** Reason: 'illegal control command'. */
export const controlCommand: Codec<ControlCommand> = {
  name: 'TC control command',
  encode: (command) =>
    command.name === 'unlock' ? Uint8Array.of(0) : Uint8Array.of(0x82, 0, integerIn('V(R)', command.vr, 0, 255)),
  decode,
};
