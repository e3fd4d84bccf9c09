// The token of a call holds what must be told of its request: the kernel brings it back with the answer, also to a
// dispatcher that has lost its table in a reset. 52 bits, so that the number is exact: life, place in the table,
// acknowledgement flags, request id.
import type { Acknowledgements } from '../../ccsds/pus/telecommand.ts';

export interface CallToken {
  /** Which life of the dispatcher made it, 0..511. */
  readonly life: number;
  /** Place in the table of open commands, 0..127. */
  readonly place: number;
  readonly acknowledge: Acknowledgements;
  /** Request id: the first four octets of the packet, as a number. */
  readonly request: number;
}

export const MOST_PLACES = 128;
const LIVES = 512;
const REQUESTS = 2 ** 32;

/** A number for the life that begins now: two calls of one request and place in two lives are then told apart. */
export const lifeAt = (nowUs: number): number => Math.floor(nowUs / 1000) % LIVES;

export const packToken = ({ life, place, acknowledge, request }: CallToken): number => {
  const { acceptance, start, progress, completion } = acknowledge;
  const flags = (acceptance ? 1 : 0) | (start ? 2 : 0) | (progress ? 4 : 0) | (completion ? 8 : 0);
  return ((life * MOST_PLACES + place) * 16 + flags) * REQUESTS + request;
};

export const unpackToken = (token: number): CallToken => {
  const high = Math.floor(token / REQUESTS);
  const flags = high % 16;
  return {
    life: Math.floor(high / (16 * MOST_PLACES)),
    place: Math.floor(high / 16) % MOST_PLACES,
    acknowledge: {
      acceptance: (flags & 1) !== 0,
      start: (flags & 2) !== 0,
      progress: (flags & 4) !== 0,
      completion: (flags & 8) !== 0,
    },
    request: token % REQUESTS,
  };
};
