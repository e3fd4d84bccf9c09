import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caduCoding } from '../../../../src/ccsds/tm-coding/cadu.ts';
import { type ChannelParameters, ChannelReceiver, ChannelSender } from '../../../../src/ccsds/tm-coding/channel.ts';
import { wasmKernels } from '../../../support/kernels.ts';
import { noisySymbols, randomOctets, seeded } from '../../../support/noise.ts';

const fixtures = new URL('../../../../fixtures/cadu-and-cltu/', import.meta.url);
const snpp = new Uint8Array(readFileSync(new URL('snpp_7cadus_2vcids.dat', fixtures)));
const aos = (name: string) =>
  new Uint8Array(Buffer.from(readFileSync(new URL(name, fixtures), 'utf8').replace(/\s/g, ''), 'hex'));
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex').toUpperCase();
const interleaved = { frameLength: 892, reedSolomon: { correctable: 16, interleaving: 4 } } as const;
const receive = (parameters: ChannelParameters, stream: Uint8Array) => {
  const receiver = new ChannelReceiver(parameters);
  const received = [...receiver.push(stream), ...receiver.end()];
  return { receiver, frames: received.flatMap(({ verdict }) => (verdict.ok ? [verdict.value.frame] : [])), received };
};
const channelOf = (frame: Uint8Array) => frame[1]! & 63;

describe('CADUs of recorded missions', () => {
  it('Suomi NPP: seven randomized AOS frames of spacecraft 157 on channels 16 and 6', () => {
    const { frames, receiver } = receive({ ...interleaved, randomizer: 'short' }, snpp);
    expect(hex(frames[0]!.subarray(0, 6))).toBe('67509642AE80');
    expect(frames.map((f) => ((f[0]! & 63) << 2) | (f[1]! >> 6))).toEqual(Array(7).fill(157));
    expect(frames.map(channelOf)).toEqual([16, 16, 16, 6, 6, 6, 6]);
    expect(receiver.counters).toMatchObject({ accepted: 7, refused: {}, correctedSymbols: 0 });
    const { encode } = caduCoding({ ...interleaved, randomizer: 'short' });
    expect(Buffer.concat(frames.map(encode)).equals(snpp)).toBe(true);
  });

  it.each([
    ['dumpFile_aos_1.hex', 30],
    ['dumpFile_aos_1_gap.hex', 29],
  ])('%s: frames of spacecraft 123, not randomized', (name, count) => {
    const { frames } = receive({ ...interleaved, randomizer: 'none' }, aos(name));
    expect(frames.length).toBe(count);
    expect(
      frames.every((f) => (((f[0]! & 63) << 2) | (f[1]! >> 6)) === 123 && hex(f.subarray(-4)) === '00044479'),
    ).toBe(true);
    if (count === 30)
      expect([0, 1, 63].map((vc) => frames.filter((f) => channelOf(f) === vc).length)).toEqual([11, 6, 13]);
  });

  it('are clean codewords whether derandomized or not: only the header tells', () => {
    const { frames } = receive({ ...interleaved, randomizer: 'none' }, snpp);
    expect(frames.length).toBe(7);
    expect(hex(frames[0]!.subarray(0, 6))).not.toBe('67509642AE80');
  });

  it('are restored from errors in every codeword, and refused beyond', () => {
    const stream = snpp.slice();
    for (let cadu = 0; cadu < 7; cadu++) stream.fill(0, cadu * 1024 + 100, cadu * 1024 + 100 + 60);
    stream.fill(0, 1024 + 300, 1024 + 310);
    const { frames, receiver, received } = receive({ ...interleaved, randomizer: 'short' }, stream);
    expect(frames.length).toBe(6);
    expect(hex(frames[0]!)).toBe(hex(receive({ ...interleaved, randomizer: 'short' }, snpp).frames[0]!));
    expect(receiver.counters.refused).toEqual({ 'uncorrectable codeword': 1 });
    expect(received[1]!.verdict).toMatchObject({ ok: false, reason: 'uncorrectable codeword' });
  });
});

describe('the channel', () => {
  it.each(['1/2', '2/3', '3/4', '5/6', '7/8'] as const)(
    'carries frames through noise, concatenated, at rate %s',
    async (rate) => {
      const kernels = await wasmKernels();
      const random = seeded(20);
      const parameters: ChannelParameters = {
        frameLength: 1115,
        randomizer: 'long',
        reedSolomon: { correctable: 16, interleaving: 5 },
        convolutional: { rate },
      };
      const frames = Array.from({ length: 8 }, () => randomOctets(1115, random));
      const sender = new ChannelSender(parameters, kernels);
      const receiver = new ChannelReceiver(parameters, kernels);
      const codeRate = Number(rate[0]) / Number(rate[2]);
      const ebN0 = { '1/2': 2.6, '2/3': 3.2, '3/4': 3.8, '5/6': 4.4, '7/8': 4.9 }[rate];
      const received = frames.flatMap((frame) =>
        receiver.push(noisySymbols(sender.send(frame), codeRate, ebN0, random)),
      );
      received.push(...receiver.end());
      expect(received.map(({ verdict }) => verdict.ok && hex(verdict.value.frame))).toEqual(frames.map(hex));
      expect(receiver.counters.correctedSymbols).toBeGreaterThan(0);
    },
  );

  it.each(['1/2', '3/4'] as const)(
    'continues from saved memory as if nothing had happened, at rate %s',
    async (rate) => {
      const kernels = await wasmKernels();
      const random = seeded(21);
      const parameters: ChannelParameters = { frameLength: 60, randomizer: 'short', convolutional: { rate } };
      const sender = new ChannelSender(parameters);
      const sent = Array.from({ length: 30 }, () => sender.send(randomOctets(60, random)));
      const symbols = noisySymbols(
        new Uint8Array(Buffer.concat(sent)).subarray(3),
        Number(rate[0]) / Number(rate[2]),
        5,
        random,
      );
      const whole = new ChannelReceiver(parameters, kernels);
      const expected = [...whole.push(symbols), ...whole.end()];
      expect(expected.length).toBeGreaterThan(10);
      for (let cut = 0; cut < symbols.length; cut += 1997) {
        const before = new ChannelReceiver(parameters, kernels);
        const received = before.push(symbols.subarray(0, cut));
        const after = new ChannelReceiver(parameters, kernels);
        after.load(structuredClone(before.save()));
        expect([...received, ...after.push(symbols.subarray(cut)), ...after.end()]).toEqual(expected);
        expect(after.counters).toEqual(whole.counters);
      }
    },
  );

  it('carries uncoded frames, and takes a caller at his word', () => {
    const sender = new ChannelSender({ frameLength: 64, randomizer: 'short' });
    const frames = [1, 2, 3].map((v) => new Uint8Array(64).fill(v));
    const { frames: back } = receive(
      { frameLength: 64, randomizer: 'short' },
      Buffer.concat(frames.map((f) => sender.send(f))),
    );
    expect(back).toEqual(frames);
    expect(() => sender.send(new Uint8Array(63))).toThrow('expected 64 octets, got 63');
    expect(() => caduCoding({ ...interleaved, frameLength: 1115, randomizer: 'none' })).toThrow('carry 892, got 1115');
    const { open } = caduCoding({ ...interleaved, randomizer: 'none' });
    expect(open(new Uint8Array(892))).toEqual({ ok: false, reason: 'codeblock length', at: 892 });
  });
});
