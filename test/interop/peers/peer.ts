// Where the peers are, and what happens where they are not: in CI a missing peer is a failure, elsewhere the suite
// says what is missing and how to get it, and is left out.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const cache = process.env.THARSIS_CACHE ?? join(homedir(), '.cache', 'tharsis-ci');

const onPath = (program: string): string =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(existsSync) ?? program;

/** The paths that `.ci/peers` makes; each is a program or a folder. */
export const peers = {
  tshark: onPath('tshark'),
  python: join(cache, 'python', 'bin', 'python'),
  node24: join(cache, 'node24', 'node'),
  yamcs: join(cache, 'yamcs', 'lib'),
} as const;

export type Peer = keyof typeof peers;

/** A suite that needs one peer. */
export const describeWithPeer = (peer: Peer, title: string, suite: () => void): void => {
  if (existsSync(peers[peer])) {
    describe(title, suite);
    return;
  }
  const lack = `${title}: left out, because ${peers[peer]} is missing: .ci/peers ${peer} brings it`;
  describe(title, () => {
    it(`finds ${peer}`, (context) => {
      expect(process.env.CI, lack).toBeUndefined();
      console.warn(lack);
      context.skip();
    });
  });
};
