// Every reason for which a protected frame is refused, in the order of the checks, and that a refusal moves nothing.
// The cases with a letter are faults that released implementations have or had.
import { describe, expect, it } from 'vitest';
import { operationalAssociation } from '../../../../src/ccsds/sdls/association-machine.ts';
import { aosKind, tcKind, tmKind } from '../../../../src/ccsds/sdls/frame-kind.ts';
import { protectFrame } from '../../../../src/ccsds/sdls/protect-frame.ts';
import {
  cmacLayout,
  gcmLayout,
  interoperableGcmLayout,
  type SecurityAssociation,
} from '../../../../src/ccsds/sdls/security-association.ts';
import { type SecurityTable, securityReasons, verifyFrame } from '../../../../src/ccsds/sdls/verify-frame.ts';
import { encodeTcFrame, type TcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { sealCrc16 } from '../../../../src/codec/crc16.ts';
import { refuse } from '../../../../src/codec/result.ts';
import { algorithmFor, countingKey, otherEnd, SecurityBench } from '../../../support/security-bench.ts';

const kind = tcKind({ spacecraftId: 42, virtualChannels: [0, 1, 2] }, [1]);
const sent: SecurityAssociation = {
  ...gcmLayout,
  spi: 22,
  direction: 'transmit',
  channel: { frame: 'TC', spacecraftId: 42, virtualChannelId: 0 },
  replay: { window: 10, depth: 0 },
};
const received = otherEnd(sent);

const tc = (change: Partial<TcFrame> = {}): TcFrame => ({
  service: 'AD',
  spacecraftId: 42,
  virtualChannelId: 0,
  sequence: 5,
  data: Uint8Array.of(1, 2, 3, 4),
  ...change,
});

const sender = (association = sent, counter = 0) => new SecurityBench().add(association, { counter });
const receiver = (association = received, counter = 0) => new SecurityBench().add(association, { counter });

/** Changes octets behind the frame's own error control, as somebody who knows the channel would. */
const changed = (octets: Uint8Array, change: (copy: Uint8Array) => void): Uint8Array => {
  const copy = octets.slice();
  change(copy);
  sealCrc16(copy);
  return copy;
};

const expectRefusal = (bench: SecurityBench, octets: Uint8Array, reason: string): void => {
  const before = structuredClone(bench.find(22));
  expect(bench.judge(kind, octets)).toBe(reason);
  expect(bench.find(22)).toEqual(before);
};

describe('a protected frame is refused', () => {
  it('by the checks of its frame first, whatever security would say', () => {
    const octets = sender().protect(kind, tc(), 22);
    expectRefusal(receiver(), octets.subarray(0, 4), 'frame too short');
    expectRefusal(receiver(), octets.subarray(0, 20), 'length mismatch');
    const wrong = octets.slice();
    wrong[20]! ^= 1;
    expectRefusal(receiver(), wrong, 'bad FECF');
  });

  it('as a control frame, which is never protected', () => {
    const control = encodeTcFrame(tc({ service: 'BC', sequence: 0, data: Uint8Array.of(0) }));
    expectRefusal(receiver(), control, 'control frame');
  });

  it('for an SPI that is missing, unknown, or known only by its low octet (B3)', () => {
    expectRefusal(receiver(), encodeTcFrame(tc({ data: Uint8Array.of(1) })), 'no security header');
    const octets = sender().protect(kind, tc(), 22);
    for (const [high, low] of [
      [0, 23],
      [1, 22],
      [0, 0],
      [255, 255],
    ] as const) {
      const other = changed(octets, (copy) => {
        copy[5] = high;
        copy[6] = low;
      });
      expectRefusal(receiver(), other, 'SPI unknown');
    }
  });

  it('for an association of the other direction', () => {
    const octets = sender().protect(kind, tc(), 22);
    expectRefusal(sender(), octets, 'wrong direction');
  });

  it('for an association of another channel or MAP, although its MAC is right (B4)', () => {
    const onOther = { ...sent, channel: { ...sent.channel, virtualChannelId: 2 } };
    const octets = sender(onOther).protect(kind, tc({ virtualChannelId: 2 }), 22);
    expectRefusal(receiver(), octets, 'wrong channel');
    const mapped = { ...sent, channel: { ...sent.channel, virtualChannelId: 1, mapId: 3 } };
    const segment = (map: number) => tc({ virtualChannelId: 1, data: Uint8Array.of(0xc0 | map, 9) });
    const any = { ...sent, channel: { ...sent.channel, virtualChannelId: 1 } };
    expectRefusal(receiver(otherEnd(mapped)), sender(any).protect(kind, segment(4), 22), 'wrong channel');
    expect(receiver(otherEnd(mapped)).judge(kind, sender(any).protect(kind, segment(3), 22))).toBe('accepted');
  });

  it.each(['none', 'unkeyed', 'keyed'] as const)('by an association that is %s', (mode) => {
    const bench = receiver();
    bench.change(22, { mode });
    const reason = mode === 'none' ? 'SPI unknown' : 'association not operational';
    expectRefusal(bench, sender().protect(kind, tc(), 22), reason);
  });

  it('at every length below that of one octet under its association (B10)', () => {
    const octets = sender().protect(kind, tc({ data: Uint8Array.of(1) }), 22);
    expect(octets.length).toBe(5 + 30 + 1 + 2);
    for (let length = 8; length < octets.length; length++) {
      const cut = encodeTcFrame(tc({ data: octets.slice(5, length - 2) }));
      expectRefusal(receiver(), cut, length < 9 ? 'no security header' : 'frame too short for association');
    }
    expect(receiver().judge(kind, octets)).toBe('accepted');
  });

  it('for padding that no algorithm here makes', () => {
    const padded = { ...sent, padLengthOctets: 1, mask: 'standard' } as const;
    const octets = sender(padded).protect(kind, tc(), 22);
    const other = changed(octets, (copy) => {
      copy[5 + 14] = 1;
    });
    expectRefusal(receiver(otherEnd(padded)), other, 'bad pad length');
  });

  it('for a key that its owner does not give out', () => {
    const bench = receiver();
    const table: SecurityTable = { find: (spi) => bench.find(spi), algorithmOf: () => refuse('key not active') };
    const octets = sender().protect(kind, tc(), 22);
    expect(verifyFrame(kind, octets, table, 0)).toMatchObject({ reason: 'key not active', spi: 22, counter: 0 });
  });

  it('outside its epoch', () => {
    const bench = receiver();
    bench.change(22, { key: { id: 22, fixed: 0, fromUs: 100, untilUs: 200 } });
    const octets = sender().protect(kind, tc(), 22);
    for (const [nowUs, reason] of [
      [99, 'epoch not begun'],
      [200, 'epoch over'],
      [150, 'accepted'],
    ] as const) {
      bench.nowUs = nowUs;
      expect(bench.judge(kind, octets)).toBe(reason);
    }
  });

  it('for an IV with another fixed field, or a counter that is used up', () => {
    const octets = sender().protect(kind, tc(), 22);
    expectRefusal(
      receiver(),
      changed(octets, (copy) => copy.fill(1, 7, 8)),
      'wrong IV',
    );
    expectRefusal(
      receiver(),
      changed(octets, (copy) => copy.fill(0xff, 11, 19)),
      'counter exhausted',
    );
  });

  it('when it is repeated, late, or further ahead than the window', () => {
    const from = sender();
    const frames = Array.from({ length: 13 }, () => from.protect(kind, tc(), 22));
    const to = receiver();
    expectRefusal(to, frames[10]!, 'replay ahead');
    expect(to.judge(kind, frames[2]!)).toBe('accepted');
    expectRefusal(to, frames[2]!, 'replay duplicate');
    expectRefusal(to, frames[1]!, 'replay behind');
    expect(to.judge(kind, frames[12]!)).toBe('accepted');
  });

  it('the second time also with counter zero on a fresh association (B5)', () => {
    const octets = sender().protect(kind, tc(), 22);
    const to = receiver();
    expect([1, 2, 3].map(() => to.judge(kind, octets))).toEqual(['accepted', 'replay duplicate', 'replay duplicate']);
  });

  it('by its MAC, for every bit that the mask of ones covers, and for every bit of ciphertext and MAC', () => {
    const octets = sender().protect(kind, tc(), 22);
    const covered = [0, 4, ...Array.from({ length: octets.length - 21 }, (_, at) => at + 19)];
    for (const at of covered)
      for (let bit = 0; bit < 8; bit++) {
        const other = changed(octets, (copy) => {
          copy[at]! ^= 1 << bit;
        });
        const reason = receiver().judge(kind, other);
        if (at > 0) expect(reason).toBe('bad MAC');
        else expect(reason).toMatch(/^(?:bad MAC|wrong .*|spare bits set|illegal frame flags|control frame)$/);
      }
  });

  it('in AOS too, and the genuine frame behind is taken (B1)', () => {
    const aos = aosKind({ lengthOctets: 80, fhec: false, insertZoneOctets: 0, ocf: false, fecf: true });
    const channel = { frame: 'AOS', spacecraftId: 42, virtualChannelId: 7 } as const;
    const from = sender({ ...sent, channel });
    const to = receiver({ ...received, channel });
    const frame = {
      spacecraftId: 42,
      virtualChannelId: 7,
      virtualChannelCount: 1,
      replay: false,
      cycleInUse: false,
      cycle: 0,
      spare: 0,
      insertZone: new Uint8Array(0),
      data: new Uint8Array(80 - 8 - 30),
    };
    const octets = from.protect(aos, frame, 22);
    for (let at = 20; at < 78; at++) {
      const other = changed(octets, (copy) => {
        copy[at]! ^= 0x80;
      });
      expect(to.judge(aos, other)).toBe('bad MAC');
    }
    expect(to.judge(aos, octets)).toBe('accepted');
  });

  it('when its header is longer than the mask of its association', () => {
    const tm = tmKind({ fecf: true });
    const channel = { frame: 'TM', spacecraftId: 42, virtualChannelId: 1 } as const;
    const association = { ...sent, channel, mask: new Uint8Array(20).fill(255) } as const;
    const frame = {
      spacecraftId: 42,
      virtualChannelId: 1,
      masterChannelCount: 0,
      virtualChannelCount: 0,
      synchronized: false,
      packetOrder: false,
      segmentLengthId: 3,
      firstHeaderPointer: 0,
      data: new Uint8Array(40),
    };
    const octets = sender({ ...sent, channel }).protect(tm, { ...frame, secondaryHeader: Uint8Array.of(1, 2) }, 22);
    expect(receiver(otherEnd(association)).judge(tm, octets)).toBe('header not of the association');
    const plain = sender({ ...sent, channel }).protect(tm, frame, 22);
    expect(receiver(otherEnd(association)).judge(tm, plain)).toBe('accepted');
  });
});

describe('the mask of the standard', () => {
  const standard = { ...sent, ...interoperableGcmLayout };

  it('leaves bypass flag and N(S) open, which the mask of ones does not', () => {
    for (const [at, bit] of [
      [0, 0x20],
      [4, 0xff],
    ] as const) {
      const flip = (association: SecurityAssociation) =>
        changed(sender(association).protect(kind, tc(), 22), (copy) => {
          copy[at]! ^= bit;
        });
      expect(receiver(otherEnd(standard)).judge(kind, flip(standard))).toBe('accepted');
      expect(receiver().judge(kind, flip(sent))).toBe('bad MAC');
    }
  });

  it('covers the sequence number where that is the counter', () => {
    const association = { ...standard, ...cmacLayout, mask: 'standard' } as const;
    const other = changed(sender(association).protect(kind, tc(), 22), (copy) => {
      copy[10] = 1;
    });
    expect(receiver(otherEnd(association)).judge(kind, other)).toBe('bad MAC');
  });
});

describe('what is sent', () => {
  const algorithm = algorithmFor(sent, countingKey());
  const state = operationalAssociation(sent, { id: 1, fixed: 0 });
  const made = (change: Partial<TcFrame>, association = sent, from = state) =>
    protectFrame(kind, tc(change), association, from, algorithm);

  it.each([
    ['wrong direction', made({}, received)],
    ['association not operational', made({}, sent, { ...state, mode: 'keyed' })],
    ['control frame', made({ service: 'BC' })],
    ['wrong channel', made({ virtualChannelId: 2 })],
    ['counter exhausted', made({}, sent, { ...state, nextIv: 2 ** 48 })],
    ['header not of the association', made({}, { ...sent, mask: new Uint8Array(30) })],
  ])('is refused as: %s', (reason, outcome) => {
    expect(outcome).toMatchObject({ ok: false, reason });
  });

  it('ends with the width of its sequence number', () => {
    const narrow = { ...sent, ...cmacLayout, sequenceOctets: 1 } as const;
    const mac = algorithmFor(narrow, countingKey());
    const at = (nextSequence: number) => protectFrame(kind, tc(), narrow, { ...state, nextSequence }, mac);
    expect(at(255)).toMatchObject({ ok: true, value: { counter: 255 } });
    expect(at(256)).toMatchObject({ reason: 'counter exhausted' });
  });

  it('has data, fits its channel and has an algorithm of its service', () => {
    expect(() => made({ data: new Uint8Array(0) })).toThrow(RangeError);
    expect(() => made({ data: new Uint8Array(1017 - 29) })).toThrow(RangeError);
    expect(made({ data: new Uint8Array(1017 - 30) })).toMatchObject({ ok: true });
    const mac = algorithmFor(cmacLayout, countingKey());
    expect(() => protectFrame(kind, tc(), sent, state, mac)).toThrow(RangeError);
    const bench = receiver();
    const table: SecurityTable = { find: (spi) => bench.find(spi), algorithmOf: () => ({ ok: true, value: mac }) };
    expect(() => verifyFrame(kind, sender().protect(kind, tc(), 22), table, 0)).toThrow(RangeError);
  });

  it('leaves the clear frame and the state as they were', () => {
    const frame = tc();
    const before = structuredClone({ frame, state });
    protectFrame(kind, frame, sent, state, algorithm);
    expect({ frame, state }).toEqual(before);
  });
});

describe('the reasons', () => {
  it('are stable words, each once', () => {
    expect(new Set(securityReasons).size).toBe(securityReasons.length);
    for (const reason of securityReasons) expect(reason).toMatch(/^[A-Za-z ]+$/);
  });
});
