import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { sealCrc16 } from '../../../src/codec/crc16.ts';
import { permitAll } from '../../../src/fsw/command-dispatcher/authorise.ts';
import {
  type DispatchAction,
  type Dispatching,
  firstDispatching,
  takePacket,
  takeReply,
} from '../../../src/fsw/command-dispatcher/dispatching.ts';
import type { Reply } from '../../../src/kernel/calls.ts';
import { orbiterDictionary } from '../../../src/orbiter/dictionary.ts';
import { telecommandOf } from '../../support/orbiter-bench.ts';

const options = { dictionary: orbiterDictionary, apid: 101, authorise: permitAll, mostOpen: 4, marginUs: 1000 };
const CLOSING = new Set([2, 4, 7, 8, 10]);
const closings = (actions: readonly DispatchAction[]): number =>
  actions.filter((each) => each.type === 'report' && CLOSING.has(each.message.subtype)).length;

const packets = [
  telecommandOf('connectionTest.AreYouAlive'),
  telecommandOf('timekeeper.SetTime', { seconds: 1, fraction: 2 }),
  telecommandOf('housekeeping.Create', { sid: 7, interval: 1, channels: [{ channel: 0x0700 }] }),
  telecommandOf('parameters.SetParameters', { settings: Uint8Array.of(1, 6, 0, 0, 0, 0, 50) }),
].map((each) => pusTelecommand.encode(each));

/** Good packets with octets changed, some of them with their check made good again. */
const octets = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(...packets), fc.array(fc.tuple(fc.nat(40), fc.nat(255)), { maxLength: 4 }), fc.boolean())
    .map(([packet, changes, sealed]) => {
      const copy = packet.slice();
      for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
      if (sealed) sealCrc16(copy);
      return copy;
    }),
);
const outcomes = fc.constantFrom<Reply['outcome']>('done', { failed: 'busy' }, { progress: 1 });

describe('command-dispatcher', () => {
  it('CMD-06 closes each request at most once and at last exactly once, for any packets and replies', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(octets, fc.tuple(fc.nat(20), outcomes)), { maxLength: 40 }), (all) => {
        let state: Dispatching = firstDispatching;
        let closed = 0;
        let nameable = 0;
        const step = ([next, ...actions]: readonly [Dispatching, ...DispatchAction[]]): void => {
          state = next;
          closed += closings(actions);
        };
        for (const each of all) {
          if (each instanceof Uint8Array) {
            if (each.length >= 4) nameable++;
            step(takePacket(state, options, { octets: each, virtualChannelId: 0, pool: 'express' }, 0));
          } else step(takeReply(state, { token: each[0], opcode: 0, outcome: each[1] }, 0));
        }
        const silent = state.completed;
        for (const { token } of state.open)
          step(takeReply(state, { token, opcode: 0, outcome: { failed: 'late' } }, 0));
        expect(state.open).toEqual([]);
        expect(state.received).toBe(state.accepted + state.refused);
        expect(state.accepted).toBe(state.completed + state.failed);
        // Mutated acknowledgement flags leave some successes untold: what is told is never more than one a request.
        expect(closed).toBeLessThanOrEqual(nameable);
        expect(closed).toBeGreaterThanOrEqual(nameable - silent);
      }),
      { numRuns: 300 },
    );
  });
});
