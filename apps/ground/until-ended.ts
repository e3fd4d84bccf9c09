// The end of a live run: Ctrl-C, a request to terminate, or the run itself.
import { once } from 'node:events';

/** Settles when a signal to end has come or one of the runs has ended; rejects with the fault that stopped one. */
export const untilEnded = async (runs: readonly Promise<unknown>[]): Promise<void> => {
  const over = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'].map((signal) => once(process, signal, { signal: over.signal }));
  try {
    await Promise.race([...runs, ...signals]);
  } finally {
    over.abort();
    await Promise.allSettled(signals);
  }
};
