// What every byte link promises (src/hal/byte-link.ts), as one suite for all twins: simulated, UDP, TCP on both sides.
import { describe, expect, it } from 'vitest';
import { joinOctets } from '../../src/codec/octets.ts';
import type { LinkStatus } from '../../src/hal/byte-link.ts';

/** A link under test in a running graph, and its peer outside of the graph or at the far end of a simulated path. */
export interface LinkBench {
  /** Into the inlet `transmit`. */
  transmit(octets: Uint8Array): void;
  /** What left by `received`, in order. */
  readonly received: readonly Uint8Array[];
  readonly statuses: readonly LinkStatus[];
  peerSends(octets: Uint8Array): void;
  readonly peerReceived: readonly Uint8Array[];
  /** Runs until it holds. Throws after a few seconds (of the run or of the host). */
  until(holds: () => boolean): Promise<void>;
  /** Detaches the link. Afterwards its port, if it has one, can be taken again. */
  close(): Promise<void>;
  /** Opens something that takes the port that the link had, and closes it; rejects when it is still taken. */
  portIsFree?(): Promise<void>;
}

export interface LinkKind {
  readonly name: string;
  /** Datagrams keep the boundaries of units, streams only their octets and order. */
  readonly boundaries: boolean;
  open(): Promise<LinkBench>;
}

const counted = (length: number, from: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (from + index * 7) & 255);

const units = [counted(1, 1), counted(20, 2), counted(1115, 3), counted(4, 4), counted(300, 5)];
const total = joinOctets(units).length;

export const byteLinkContract = ({ name, boundaries, open }: LinkKind): void => {
  const withBench = (work: (bench: LinkBench) => Promise<void>) => async () => {
    const bench = await open();
    try {
      await work(bench);
    } finally {
      await bench.close();
    }
  };
  const compare = (arrived: readonly Uint8Array[]): void => {
    if (boundaries) expect(arrived).toEqual(units);
    else expect(joinOctets(arrived)).toEqual(joinOctets(units));
  };

  describe(`byte link: ${name}`, () => {
    it(
      'carries what it is given to the peer, in order',
      withBench(async (bench) => {
        for (const unit of units) bench.transmit(unit);
        await bench.until(() => joinOctets(bench.peerReceived).length >= total);
        compare(bench.peerReceived);
      }),
    );

    it(
      'hands over what the peer sends, in order',
      withBench(async (bench) => {
        for (const unit of units) bench.peerSends(unit);
        await bench.until(() => joinOctets(bench.received).length >= total);
        compare(bench.received);
      }),
    );

    it(
      'hands over plain octets of its own: no view of a buffer that somebody else may write to',
      withBench(async (bench) => {
        bench.peerSends(counted(40, 9));
        await bench.until(() => joinOctets(bench.received).length >= 40);
        const [unit] = bench.received;
        expect(Object.getPrototypeOf(unit)).toBe(Uint8Array.prototype);
        expect(unit!.buffer.byteLength).toBe(unit!.length);
      }),
    );

    it(
      'says that it is up',
      withBench(async (bench) => {
        await bench.until(() => bench.statuses.some(({ state }) => state === 'up'));
        expect(bench.statuses.at(-1)).toMatchObject({ transmitDropped: 0, receiveDropped: 0 });
      }),
    );

    it('frees its port when it is detached, and detaching twice is harmless', async () => {
      const bench = await open();
      await bench.close();
      await bench.close();
      await bench.portIsFree?.();
      const again = await open();
      again.transmit(counted(9, 1));
      await again.until(() => joinOctets(again.peerReceived).length === 9);
      await again.close();
    });
  });
};
