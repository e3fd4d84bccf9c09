// Any octets on any side of the ground: never a throw, and the next good unit is taken.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pusTelemetry } from '../../../src/ccsds/pus/telemetry.ts';
import { sealCrc16 } from '../../../src/codec/crc16.ts';
import { decodePacket, knownStructures } from '../../../src/ground/downlink/decode-packet.ts';
import { frameReceiver, receptionReset } from '../../../src/ground/downlink/receive-frame.ts';
import { groundBench } from '../../support/ground-bench.ts';
import { modelDictionary as dictionary } from '../../support/model-spacecraft.ts';

const structures = knownStructures(dictionary);

describe('bad input to the ground', () => {
  it('no packet makes decoding throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        const decoded = decodePacket(octets, 0, structures, { dictionary });
        expect(decoded.ok || decoded.reason.length > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('no source data in a sound packet makes decoding throw, whatever the service', () => {
    const numbers = fc.record({
      service: fc.constantFrom(1, 3, 5, 9, 17, 20, 200),
      subtype: fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 10, 25, 26, 255),
      data: fc.uint8Array({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(numbers, (report) => {
        const header = { apid: 101, count: 0, timeStatus: 0, messageCount: 0, destinationId: 0 };
        const octets = pusTelemetry().encode({ ...header, time: new Uint8Array(6), ...report });
        expect(typeof decodePacket(octets, 0, structures, { dictionary }).ok).toBe('boolean');
      }),
      { numRuns: 3000 },
    );
  });

  it('no frame with a good check makes reception throw, whatever its header says', () => {
    const receive = frameReceiver({ lengthOctets: 64, fecf: true });
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 64, maxLength: 64 }), { maxLength: 20 }), (frames) => {
        let state = receptionReset;
        for (const frame of frames) {
          frame[0]! &= 0x3f;
          sealCrc16(frame);
          const received = receive(state, frame);
          state = received.state;
        }
        expect(state.accepted).toBeLessThanOrEqual(frames.length);
      }),
      { numRuns: 500 },
    );
  });

  it('no octets from the antenna, and no request, reset a component; a command still goes through', () => {
    const bench = groundBench();
    const { antenna } = bench.ground.ports('ground/');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1200 }), (octets) => {
        bench.graph.inject(antenna.in.fromSpace, octets.slice());
        bench.session.sendPacket(octets.subarray(0, 40), { bypass: true });
        bench.session.sendRaw('cltu', octets.subarray(0, 100));
        bench.session.sendRaw('frame', octets.subarray(0, 50));
        bench.graph.kernel.runFor(1_000);
      }),
      { numRuns: 200 },
    );
    bench.until(() => bench.session.statistics()['uplink.mode'] === 'active');
    const sent = bench.session.send('beacon.SetRate', { rate: 3 });
    if (!sent.ok) throw new Error(sent.reason);
    bench.until(() => bench.session.record(sent.token)?.status === 'completed');
    expect(bench.session.inspect().instances.every(({ resets }) => resets === 0)).toBe(true);
  });
});
