// Downlink frames: what is packed is read back, and whatever comes gets an answer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aosFrame } from '../../../src/ccsds/aos-frame/aos-frame.ts';
import { tmFrame } from '../../../src/ccsds/tm-frame/tm-frame.ts';
import { uslpFrame } from '../../../src/ccsds/uslp-frame/uslp-frame.ts';
import {
  aosFrameValues,
  aosParameters,
  frameChannels,
  tmFrameValues,
  uslpFrameValues,
} from '../../support/downlink-frames.ts';
import { expectAnswer, expectCodec, wildOctets } from '../../support/never-throws.ts';

describe('downlink frames', () => {
  it.each([true, false])('TM, error control %s: read back, and packed again to the same octets', (fecf) => {
    expectCodec(tmFrame({ fecf }), tmFrameValues);
  });

  it.each(aosParameters)('AOS is read back: %j', (parameters) => {
    const codec = aosFrame(parameters);
    const values = aosFrameValues(parameters);
    fc.assert(
      fc.property(values, (frame) => {
        expect(codec.decode(codec.encode(frame))).toEqual({ ok: true, value: frame });
      }),
    );
  });

  it.each([0, 2, 4] as const)('USLP with error control of %i octets is read back', (fecfOctets) => {
    const codec = uslpFrame({ fecfOctets, insertZoneOctets: 3 });
    const values = uslpFrameValues(fecfOctets, 3);
    fc.assert(
      fc.property(values, (frame) => {
        expect(codec.decode(codec.encode(frame))).toEqual({ ok: true, value: frame });
      }),
    );
  });

  it.each(frameChannels)('$name answers wild octets', ({ decode, good }) => {
    fc.assert(
      fc.property(wildOctets(good, 100), (octets) => {
        const read = decode(octets);
        if (!read.ok) expectAnswer({ ok: false, reason: read.reason ?? '', at: read.at ?? -1 }, octets.length);
      }),
    );
  });
});
