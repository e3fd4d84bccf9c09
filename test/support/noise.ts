// A noisy channel for tests of coding: a small seeded generator, Gaussian noise, soft symbols.

/** Numbers in [0, 1), the same for the same seed. */
export const seeded = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

export const randomOctets = (length: number, random: () => number): Uint8Array =>
  Uint8Array.from({ length }, () => random() * 256);

/** Antipodal symbols (0 or 1 each) through white noise, as soft symbols: 128 in the middle, 64 from there to a sign. */
export const noisySymbols = (
  symbols: Uint8Array,
  codeRate: number,
  ebN0Decibels: number,
  random: () => number,
): Uint8Array => {
  const deviation = Math.sqrt(1 / (2 * codeRate * Math.exp((ebN0Decibels * Math.LN10) / 10)));
  return Uint8Array.from(symbols, (symbol) => {
    const noise = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.min(255, Math.round(128 + 64 * ((symbol ? 1 : -1) + deviation * noise))));
  });
};

/** Bits that differ between two runs of octets of one length. */
export const bitErrors = (a: Uint8Array, b: Uint8Array): number => {
  let errors = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) for (let v = a[i]! ^ b[i]!; v !== 0; v &= v - 1) errors++;
  return errors;
};
