import { describe, expect, it } from 'vitest';
import { encodeCltu } from '../../../src/ccsds/cltu/cltu.ts';
import { pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { segment } from '../../../src/ccsds/tc-frame/segment.ts';
import { encodeTcFrame, type TcService } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import { sealCrc16 } from '../../../src/codec/crc16.ts';
import type { ReceivedPacket } from '../../../src/fsw/received-packet.ts';
import { tcReceiver } from '../../../src/fsw/tc-receiver/behaviour.ts';
import { save } from '../../../src/kernel/snapshot.ts';
import { uplink } from '../../../src/orbiter/tables.ts';
import { componentBench } from '../../support/component-bench.ts';
import { telecommandOf } from '../../support/orbiter-bench.ts';
import { securedEnd, testKey } from '../../support/secured-ends.ts';
import { securedSender } from '../../support/secured-sender.ts';

const noop = (count: number): Uint8Array => pusTelecommand.encode(telecommandOf('dispatcher.Noop', {}, count));
const clear = (data: Uint8Array, service: TcService, sequence = 0): Uint8Array =>
  encodeTcFrame({ service, spacecraftId: 42, virtualChannelId: 0, sequence, data });

const bench = (window = 64) => {
  const made = componentBench(tcReceiver({ ...uplink, security: securedEnd('orbiter', { window }) }));
  const cell = (): unknown => {
    const { instances } = save(made.graph);
    return instances.find(({ name }) => name === 'it')!.cells[0];
  };
  return {
    ...made,
    frame: (octets: Uint8Array): void => made.send('octets', encodeCltu(octets)),
    taken: (): number[] => made.out<ReceivedPacket>('packet').map(({ octets }) => octets[3]!),
    /** What no refused frame may move. */
    held: (): unknown => {
      const { channels, security } = cell() as { channels: unknown; security: { held: unknown } };
      return structuredClone({ channels, held: security.held });
    },
  };
};

const flipped = (octets: Uint8Array, at: number): Uint8Array => {
  const copy = octets.slice();
  copy[at]! ^= 1;
  sealCrc16(copy);
  return copy;
};

describe('tc-receiver with link security', () => {
  it('TCR-15 takes protected AD and BD frames, and packets of segments, as if they were clear', () => {
    const b = bench();
    const seal = securedSender();
    b.frame(seal(noop(0), 'AD', 0));
    b.frame(seal(noop(1), 'BD'));
    b.frame(seal(segment.encode({ flag: 'unsegmented', mapId: 3, data: noop(2) }), 'BD', 0, 1));
    expect(b.taken()).toEqual([0, 1, 2]);
    expect([b.value('framesVerified'), b.value('securityRefusals'), b.value('highestCounter')]).toEqual([3, 0, 2]);
    expect([b.value('linkSecurity'), b.told]).toEqual(['secured', []]);
  });

  const refusals: readonly (readonly [string, string, () => Uint8Array])[] = [
    ['a clear frame', 'spiUnknown', () => clear(noop(0), 'AD')],
    ['a clear frame around sequence control', 'spiUnknown', () => clear(noop(0), 'BD')],
    ['a frame without data behind its header', 'noSecurityHeader', () => clear(Uint8Array.of(0), 'BD')],
    [
      'a frame under another key',
      'badMac',
      () => securedSender(securedEnd('ground', {}, (id) => testKey(id + 10)))(noop(0), 'AD'),
    ],
    ['a frame with another MAC', 'badMac', () => flipped(securedSender()(noop(0), 'AD'), 40)],
    [
      'a frame turned from AD to BD',
      'badMac',
      () => {
        const octets = securedSender()(noop(0), 'AD').slice();
        octets[0]! |= 0x20;
        sealCrc16(octets);
        return octets;
      },
    ],
    [
      'an association of the downlink',
      'spiUnknown',
      () => {
        const octets = securedSender()(noop(0)).slice();
        octets[6] = 2;
        sealCrc16(octets);
        return octets;
      },
    ],
    [
      'an association of another virtual channel',
      'wrongChannel',
      () => {
        const octets = securedSender()(noop(0)).slice();
        octets[6] = 4;
        sealCrc16(octets);
        return octets;
      },
    ],
    ['a counter too far ahead', 'replayAhead', () => securedSender(securedEnd('ground', { counter: 64 }))(noop(0))],
    [
      'a counter of ones',
      'counterExhausted',
      () => {
        const octets = securedSender()(noop(0)).slice();
        octets.fill(0xff, 11, 19);
        sealCrc16(octets);
        return octets;
      },
    ],
    [
      'an association with nothing in it',
      'tooShortForAssociation',
      () => clear(Uint8Array.of(0, 1, ...new Uint8Array(28)), 'BD'),
    ],
  ];

  it.each(refusals)('TCR-16 refuses %s by its reason, moves nothing, and takes the next frame', (_, name, octets) => {
    const b = bench();
    const before = b.held();
    b.frame(octets());
    expect([b.value(name), b.taken(), b.told]).toEqual([1, [], ['SecurityRefused']]);
    expect(b.held()).toEqual(before);
    expect([b.value('securityRefusals'), b.value('securityAlarm'), b.value('vc0FarmB')]).toEqual([1, true, 0]);
    b.frame(securedSender()(noop(5), 'AD', 0));
    expect([b.taken(), b.value('securityAlarm'), b.value('lastSpi')]).toEqual([[5], true, 1]);
  });

  it('TCR-16 refuses what was taken before, once and for ever', () => {
    const b = bench();
    const seal = securedSender();
    const frames = [seal(noop(0)), seal(noop(1)), seal(noop(2))];
    for (const each of frames) b.frame(each);
    const before = b.held();
    for (const each of frames) b.frame(each);
    expect([b.value('replayDuplicate'), b.taken()]).toEqual([3, [0, 1, 2]]);
    expect(b.held()).toEqual(before);
  });

  it('TCR-17 obeys control commands, which are never protected', () => {
    const b = bench();
    b.frame(clear(Uint8Array.of(0x82, 0, 77), 'BC'));
    expect([b.value('vc0Vr'), b.told]).toEqual([77, ['SequenceSet']]);
  });

  it('TCR-18 takes the repeat of a frame, the same octets, behind frames that came before it', () => {
    const b = bench();
    const seal = securedSender();
    const frames = [0, 1, 2].map((n) => seal(noop(n), 'AD', n));
    const express = seal(noop(9), 'BD');
    for (const each of [frames[1]!, frames[2]!, express]) b.frame(each);
    expect([b.taken(), b.value('vc0Retransmit')]).toEqual([[9], true]);
    for (const each of frames) b.frame(each);
    expect([b.taken(), b.value('vc0Vr'), b.value('securityRefusals')]).toEqual([[9, 0, 1, 2], 3, 0]);
  });

  it('TCR-18 takes no frame of before once FOP-1 has started anew', () => {
    const b = bench();
    const seal = securedSender();
    const heldBack = seal(noop(0), 'AD', 0);
    b.frame(seal(noop(1), 'BD'));
    b.frame(clear(Uint8Array.of(0x82, 0, 0), 'BC'));
    b.frame(heldBack);
    expect([b.taken(), b.value('replayDuplicate'), b.value('vc0Vr')]).toEqual([[1], 1, 0]);
  });

  it('TCR-19 knows a frame that was sealed twice, runs nothing of it and goes on', () => {
    const b = bench();
    // A sender that protects its frame where it stands: the second time over the first ciphertext.
    const first = securedSender()(noop(0), 'AD', 0);
    const ciphertext = first.subarray(19, first.length - 18);
    const again = securedSender(securedEnd('ground', { counter: 1 }))(ciphertext, 'AD', 0);
    b.frame(again);
    expect([b.taken(), b.value('sealedTwice'), b.told]).toEqual([[], 1, ['SealedTwice']]);
    b.frame(securedSender(securedEnd('ground', { counter: 2 }))(noop(1), 'AD', 1));
    expect([b.taken(), b.value('vc0Mode')]).toEqual([[1], 'open']);
  });

  it('TCR-20 says that it is a bench in clear mode', () => {
    const b = componentBench(tcReceiver(uplink));
    expect([b.told, b.value('linkSecurity')]).toEqual([['ClearLink'], 'clear']);
  });
});
