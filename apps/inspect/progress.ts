// A progress bar on standard error while a large file streams; nothing when no terminal is there to see it.

const WIDTH = 30;
/** Files below this are done before anyone could read a bar. */
const LEAST_OCTETS = 64 << 20;

export class Progress {
  readonly #name: string;
  readonly #octets: number;
  readonly #shown: boolean;
  #done = 0;
  #drawn = -1;

  /** `octets` of 0: the size is not known. `quiet`: something else is written to the terminal meanwhile. */
  constructor(name: string, octets: number, quiet = false) {
    this.#name = name.slice(-Math.max(8, (process.stderr.columns ?? 80) - WIDTH - 10));
    this.#octets = octets;
    this.#shown = process.stderr.isTTY === true && octets >= LEAST_OCTETS && !quiet;
    if (this.#shown) process.once('SIGINT', this.#interrupted);
  }

  readonly #interrupted = (): void => {
    this.end();
    process.exit(130);
  };

  advance(octets: number): void {
    this.#done += octets;
    if (!this.#shown) return;
    const percent = Math.min(100, Math.floor((100 * this.#done) / this.#octets));
    if (percent === this.#drawn) return;
    this.#drawn = percent;
    const full = Math.round((WIDTH * percent) / 100);
    const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`;
    process.stderr.write(`\r${bar} ${String(percent).padStart(3)} %  ${this.#name}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (!this.#shown) return;
    process.off('SIGINT', this.#interrupted);
    if (this.#drawn >= 0) process.stderr.write(`\r\u001b[2K`);
  }
}
