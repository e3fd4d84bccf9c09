// Decoders of the uplink on any octets: they answer, they do not throw, and what was made comes back as it was.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLTU_DATA_MAXIMUM_OCTETS, decodeCltu, encodeCltu } from '../../../src/ccsds/cltu/cltu.ts';
import { cltuStreamStart, deframeCltus, endOfCltus } from '../../../src/ccsds/cltu/deframe.ts';
import { clcw, unpackClcw } from '../../../src/ccsds/cop1/clcw.ts';
import { controlCommand } from '../../../src/ccsds/tc-frame/control-command.ts';
import { delimitTcFrames } from '../../../src/ccsds/tc-frame/delimit.ts';
import { segment, splitIntoSegments } from '../../../src/ccsds/tc-frame/segment.ts';
import { noReassembly, reassemble } from '../../../src/ccsds/tc-frame/segment-reassembler.ts';
import { tcFrame } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import { crc16 } from '../../../src/codec/crc16.ts';

const frames = tcFrame({ spacecraftId: 42, virtualChannels: [0, 1, 63] });
const octets = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength });
const anyFrame = fc.record({
  service: fc.constantFrom('AD', 'BD', 'BC' as const),
  spacecraftId: fc.constant(42),
  virtualChannelId: fc.constantFrom(0, 1, 63),
  sequence: fc.nat(255),
  data: octets(1017, 1),
});
const mode = fc.constantFrom('TED', 'SEC' as const);

describe('uplink codecs', () => {
  it('TC frames come back as they were', () => {
    fc.assert(
      fc.property(anyFrame, (frame) => {
        expect(frames.decode(frames.encode(frame))).toEqual({ ok: true, value: frame });
      }),
    );
  });

  it('CLTUs come back as they were, with any one bit of each block wrong in SEC mode', () => {
    fc.assert(
      fc.property(anyFrame, fc.boolean(), octets(148, 148), (frame, randomized, wrongBits) => {
        const made = frames.encode(frame);
        const cltu = encodeCltu(made, randomized);
        for (let at = 2; at < cltu.length - 8; at += 8) {
          const bit = wrongBits[(at - 2) >> 3]! % 64;
          cltu[at + (bit >> 3)] = cltu[at + (bit >> 3)]! ^ (0x80 >> (bit & 7));
        }
        const unit = decodeCltu(cltu, { randomized });
        expect(unit.ok && delimitTcFrames(unit.value.data)).toEqual([made]);
      }),
    );
  });

  it('several frames of one CLTU come back one by one', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 1, maxLength: 3 }), (several) => {
        const made = several.map((frame) => frames.encode(frame));
        const joined = Uint8Array.from(made.flatMap((frame) => [...frame]));
        const unit = decodeCltu(encodeCltu(joined), { maximumOctets: 4096 });
        expect(unit.ok && delimitTcFrames(unit.value.data)).toEqual(made);
      }),
      { numRuns: 50 },
    );
  });

  it('CLCW words come back as they were', () => {
    fc.assert(
      fc.property(fc.nat(0x7fff_ffff), (word) => {
        const report = unpackClcw(word);
        if (!report.ok) throw new Error(report.reason);
        expect(new DataView(clcw.encode(report.value).buffer).getUint32(0)).toBe(word);
      }),
    );
    expect(unpackClcw(0xffff_ffff)).toMatchObject({ ok: false, reason: 'not a CLCW' });
    expect(clcw.decode(new Uint8Array(3))).toMatchObject({ reason: 'length mismatch' });
    expect(clcw.decode(Uint8Array.of(0x80, 0, 0, 0))).toMatchObject({ reason: 'not a CLCW' });
  });

  it('segments of units come back as they were', () => {
    fc.assert(
      fc.property(octets(3000, 1), fc.integer({ min: 1, max: 1018 }), fc.nat(63), (unit, most, mapId) => {
        let state = noReassembly;
        let last: Uint8Array | undefined;
        for (const part of splitIntoSegments(unit, mapId, most)) {
          const sent = segment.decode(segment.encode(part));
          if (!sent.ok) throw new Error(sent.reason);
          const made = reassemble(state, sent.value, 4096);
          expect(made.refusal).toBeUndefined();
          state = made.state;
          last = made.unit;
        }
        expect(last).toEqual(unit);
        expect(state).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('uplink decoders on any octets', () => {
  it('answer and never throw', () => {
    fc.assert(
      fc.property(octets(400), mode, fc.boolean(), (any, bchMode, randomized) => {
        const coded = Uint8Array.of(0xeb, 0x90, ...any);
        for (const input of [any, coded]) {
          const unit = decodeCltu(input, { mode: bchMode, randomized });
          if (unit.ok) expect(unit.value.data.length).toBeLessThanOrEqual(CLTU_DATA_MAXIMUM_OCTETS);
        }
        const parts = delimitTcFrames(any);
        expect(parts.reduce((sum, part) => sum + part.length, 0)).toBeLessThanOrEqual(any.length);
        for (const part of parts) {
          const frame = frames.decode(part);
          if (frame.ok) expect(crc16(part)).toBe(0);
        }
        controlCommand.decode(any);
        segment.decode(any);
        clcw.decode(any);
      }),
      { numRuns: 500 },
    );
  });

  it('refuse a frame with any octet changed', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), fc.integer({ min: 1, max: 255 }), (frame, place, change) => {
        const made = frames.encode(frame);
        const at = place % made.length;
        made[at] = made[at]! ^ change;
        expect(frames.decode(made).ok).toBe(false);
      }),
    );
  });

  it('a stream gives the same units however it is cut, and all octets are accounted for', () => {
    const piece = fc.oneof(
      octets(30),
      octets(40, 1).map((data) => encodeCltu(data)),
      octets(40, 1).map((data) => encodeCltu(data).subarray(0, 15)),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 50 })),
        mode,
        (pieces, cuts, bch) => {
          const stream = Uint8Array.from(pieces.flatMap((part) => [...part]));
          const parameters = { mode: bch, maximumOctets: 70 };
          const whole = deframeCltus(cltuStreamStart, stream, parameters);
          let state = cltuStreamStart;
          const units = [];
          const refusals = [];
          let at = 0;
          for (let turn = 0; at < stream.length; turn++) {
            const size = cuts.length === 0 ? 7 : cuts[turn % cuts.length]!;
            const made = deframeCltus(state, stream.subarray(at, at + size), parameters);
            state = made.state;
            units.push(...made.units);
            refusals.push(...made.refusals);
            at += size;
          }
          expect(units).toEqual(whole.units);
          expect(refusals).toEqual(whole.refusals);
          expect(state).toEqual(whole.state);
          expect(state.offset + state.held.length).toBe(stream.length);
          endOfCltus(state, parameters);
        },
      ),
      { numRuns: 300 },
    );
  });
});
