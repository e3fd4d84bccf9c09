// Any bit of a protected frame, flipped behind a right error control: nothing is executed and nothing moves.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCltu } from '../../../src/ccsds/cltu/cltu.ts';
import type { TcService } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import { sealCrc16 } from '../../../src/codec/crc16.ts';
import { tcReceiver } from '../../../src/fsw/tc-receiver/behaviour.ts';
import { save } from '../../../src/kernel/snapshot.ts';
import { uplink } from '../../../src/orbiter/tables.ts';
import { componentBench } from '../../support/component-bench.ts';
import { securedEnd } from '../../support/secured-ends.ts';
import { securedSender } from '../../support/secured-sender.ts';

interface Held {
  readonly channels: readonly { readonly farm: unknown; readonly inUse: unknown; readonly reassembly: unknown }[];
  readonly security: { readonly held: unknown };
}

const bench = () => {
  const made = componentBench(tcReceiver({ ...uplink, security: securedEnd('orbiter') }));
  const held = (): unknown => {
    const cell = save(made.graph).instances.find(({ name }) => name === 'it')!.cells[0] as Held;
    return { channels: cell.channels, held: cell.security.held };
  };
  return { ...made, frame: (octets: Uint8Array): void => made.send('octets', encodeCltu(octets)), held };
};

const frames = fc.record({
  data: fc.uint8Array({ minLength: 7, maxLength: 60 }),
  service: fc.constantFrom<TcService>('AD', 'BD'),
  virtualChannelId: fc.constantFrom(0, 1),
});

describe('tc-receiver with link security', () => {
  it('TCR-16 executes no frame of which a bit was flipped, and moves nothing', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (given, places) => {
        const b = bench();
        const { data, service, virtualChannelId } = given;
        const octets = securedSender()(data, service, 0, virtualChannelId);
        const before = b.held();
        for (const place of places) {
          const bit = place % ((octets.length - 2) * 8);
          const other = octets.slice();
          other[bit >> 3]! ^= 0x80 >> (bit & 7);
          sealCrc16(other);
          b.frame(other);
          expect(b.out('packet'), `bit ${bit}`).toEqual([]);
          expect(b.held(), `bit ${bit}`).toEqual(before);
        }
        b.frame(octets);
        expect(b.value('framesVerified')).toBe(1);
      }),
      { numRuns: 40 },
    );
  });
});
