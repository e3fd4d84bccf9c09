// A time in a line of the console: 250ms, 1.5s, 4m, 1h; a bare number is seconds.

const unitUs: Readonly<Record<string, number>> = { ms: 1e3, s: 1e6, m: 60e6, min: 60e6, h: 3600e6 };

/** Whole microseconds, or undefined. */
export const durationUs = (text: string): number | undefined => {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|min|m|h)?$/.exec(text);
  if (parts === null) return undefined;
  const us = Math.round(Number(parts[1]) * unitUs[parts[2] ?? 's']!);
  return Number.isSafeInteger(us) ? us : undefined;
};
