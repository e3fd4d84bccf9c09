// Lines of `inspect --list`: one a unit, gathered into pieces so that a file of millions of units is written quickly
// and never held in memory.
import { once } from 'node:events';
import type { UnitLine } from '../../src/ground/inspect/report.ts';

export class ListWriter {
  readonly #stream: NodeJS.WriteStream;
  #lines: string[] = [];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  unit({ offset, octets, verdict, text }: UnitLine): void {
    const told = text === '' ? '' : `  ${text}`;
    this.#lines.push(`${String(offset).padStart(12)}  ${String(octets).padStart(6)}  ${verdict.padEnd(10)}${told}\n`);
  }

  /** Hands over what was gathered and waits while the reader is behind. */
  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const text = this.#lines.join('');
    this.#lines = [];
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }
}
