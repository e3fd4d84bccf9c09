// What a parser of outside octets returns: a value, or the reason and the octet where it stopped. It never throws.

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Refused {
  readonly ok: false;
  /** Stable words that counters are keyed by, e.g. `'bad FECF'`: no numbers, no addresses. */
  readonly reason: string;
  /** Octet offset in the input at which the reason shows. */
  readonly at: number;
}

export type Result<T> = Ok<T> | Refused;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export const refuse = (reason: string, at = 0): Refused => ({ ok: false, reason, at });
