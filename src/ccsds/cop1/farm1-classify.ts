// Which row of the FARM-1 table a frame is: CCSDS 232.1-B-2 sections 6.1.8 and 6.3.2. Arithmetic is modulo 256.
import { integerIn } from '../../codec/assert.ts';
import { controlCommand } from '../tc-frame/control-command.ts';
import type { TcFrame } from '../tc-frame/tc-frame.ts';
import type { Farm, FarmEvent } from './farm1-state.ts';

/** The sliding window: mission constants that no command changes. */
export interface FarmWindow {
  /** PW: frames ahead of V(R) up to PW - 1 ask for a repeat, 1..256. */
  readonly positive: number;
  /** NW: frames behind V(R) up to NW are repeats, 0..256. */
  readonly negative: number;
}

/** The window of a mission with retransmission: W even, 2..254, and both halves alike (6.1.8). */
export const farmWindow = (width: number): FarmWindow => {
  integerIn('FARM sliding window width', width, 2, 254);
  if (width % 2 !== 0) throw new RangeError(`FARM sliding window width: expected an even number, got ${width}`);
  return { positive: width / 2, negative: width / 2 };
};

export type FarmArea = 'expected' | 'positive' | 'negative' | 'lockout';

export const farmArea = (sequence: number, vr: number, window: FarmWindow): FarmArea => {
  const ahead = (sequence - vr) & 255;
  if (ahead === 0) return 'expected';
  if (ahead < window.positive) return 'positive';
  return ahead >= 256 - window.negative ? 'negative' : 'lockout';
};

const areaEvents = { positive: 'E3', negative: 'E4', lockout: 'E5' } as const;

/**
 * The event that a valid frame of this virtual channel is. `bufferFree` says whether the layer above can take its data;
 * in the wait state it counts as full until E10 has told that it is not.
 */
export const classifyFrame = (farm: Farm, frame: TcFrame, window: FarmWindow, bufferFree: boolean): FarmEvent => {
  if (frame.service === 'BD') return { type: 'E6', frame };
  if (frame.service === 'AD') {
    const area = farmArea(frame.sequence, farm.vr, window);
    if (area !== 'expected') return { type: areaEvents[area], frame };
    return { type: bufferFree && farm.mode !== 'wait' ? 'E1' : 'E2', frame };
  }
  const command = controlCommand.decode(frame.data);
  if (!command.ok) return { type: 'E9', reason: command.reason };
  return command.value.name === 'unlock' ? { type: 'E7' } : { type: 'E8', vr: command.value.vr };
};
