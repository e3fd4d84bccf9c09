// What the verb `orbiter` is told.

/** What the decoder of code blocks does with an error of one bit. */
export const bchModes = ['SEC', 'TED'] as const;

/** As commander gives them. */
export interface OrbiterVerbOptions {
  readonly bind: string;
  readonly tcPort: number;
  readonly tmHost: string;
  readonly tmPort: number;
  readonly tcp?: boolean;
  readonly bch: (typeof bchModes)[number];
  readonly tcRandomized?: boolean;
  /** One way, in microseconds. */
  readonly lightTime: number;
  readonly speed: number;
  readonly seed: string;
  /** TAI seconds since 1958 at the start. */
  readonly epoch?: number;
  /** The key file; left out: clear mode. */
  readonly keys?: string;
  readonly json?: boolean;
}
