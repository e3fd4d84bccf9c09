// The octets of AD and BC frames as they first went out. A repeat must be the same octets: a frame that link security
// sealed twice, or that was randomised in place, is another frame. FOP-1 keeps the data units; this keeps the frames.
// Bound: one frame for each of the 256 N(S) and one control command; a new frame of the same N(S) takes the place.
import type { FopAction } from './fop1-events.ts';

export interface MasterCopies {
  readonly control: Uint8Array | undefined;
  /** By N(S). */
  readonly data: readonly (Uint8Array | undefined)[];
}

export const noMasterCopies: MasterCopies = { control: undefined, data: [] };

type Transmit = Extract<FopAction, { readonly type: 'transmit' }>;

/**
 * The frame for a transmit action and the copies after it. `build` makes and seals a frame; it is called for a new one
 * only. Throws if a repeat is asked for of a frame that never went out.
 */
export const masterCopy = (
  copies: MasterCopies,
  action: Transmit,
  build: (action: Transmit) => Uint8Array,
): readonly [MasterCopies, Uint8Array] => {
  if (action.repeat) {
    const kept = action.service === 'BC' ? copies.control : copies.data[action.sequence];
    if (kept === undefined) throw new Error(`master copy: expected frame ${action.sequence} to have been sent before`);
    return [copies, kept];
  }
  const frame = build(action);
  if (action.service === 'BD') return [copies, frame];
  if (action.service === 'BC') return [{ ...copies, control: frame }, frame];
  const data = copies.data.slice();
  while (data.length <= action.sequence) data.push(undefined);
  data[action.sequence] = frame;
  return [{ ...copies, data }, frame];
};
