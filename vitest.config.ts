// Three projects: `fast` is `npm test`, `long` are the proofs of CI, `interop` needs peers that nobody here wrote.
import { defineConfig } from 'vitest/config';

const shared = { isolate: false, pool: 'threads' } as const;
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['test/{unit,property,contract,architecture,integration}/**/*.test.ts'],
          exclude: ['**/*.long.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          include: ['test/**/*.long.test.ts'],
          exclude: ['test/interop/**'],
          testTimeout: 1_800_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
