// Speaks for a driver: state changes at once, losses together, so that a flood of losses is not a flood of reports.
import type { LinkStatus } from '../../hal/byte-link.ts';

const REPORT_EVERY_MS = 250;

export class LinkReporter {
  readonly #tell: (status: LinkStatus) => void;
  #state: LinkStatus['state'] = 'down';
  #reason = 'not attached';
  #transmitDropped = 0;
  #receiveDropped = 0;
  #pending: NodeJS.Timeout | undefined;

  constructor(tell: (status: LinkStatus) => void) {
    this.#tell = tell;
  }

  become(state: LinkStatus['state'], reason: string): void {
    if (state === this.#state && reason === this.#reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#report();
  }

  dropTransmit(): void {
    this.#transmitDropped++;
    this.#soon();
  }

  dropReceive(): void {
    this.#receiveDropped++;
    this.#soon();
  }

  close(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
  }

  #soon(): void {
    this.#pending ??= setTimeout(() => this.#report(), REPORT_EVERY_MS).unref();
  }

  #report(): void {
    this.close();
    this.#tell({
      state: this.#state,
      reason: this.#reason,
      transmitDropped: this.#transmitDropped,
      receiveDropped: this.#receiveDropped,
    });
  }
}
