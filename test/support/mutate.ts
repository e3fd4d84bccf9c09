// Damage as links and files do it: flipped bits, changed, lost, added and moved octets, or noise altogether. Seeded, so
// that a failure comes again.

const pick = (random: () => number, below: number): number => Math.floor(random() * below);

const flipped = (octets: Uint8Array, random: () => number): Uint8Array => {
  const copy = octets.slice();
  for (let k = 1 + pick(random, 4); k > 0 && copy.length > 0; k--)
    copy[pick(random, copy.length)]! ^= 1 << pick(random, 8);
  return copy;
};

const changed = (octets: Uint8Array, random: () => number): Uint8Array => {
  const copy = octets.slice();
  const at = pick(random, copy.length + 1);
  const end = Math.min(copy.length, at + 1 + pick(random, 6));
  for (let k = at; k < end; k++) copy[k] = pick(random, 256);
  return copy;
};

const moved = (octets: Uint8Array, random: () => number): Uint8Array => {
  const copy = octets.slice();
  copy.copyWithin(pick(random, copy.length + 1), pick(random, copy.length + 1));
  return copy;
};

const lengthened = (octets: Uint8Array, random: () => number): Uint8Array => {
  const copy = new Uint8Array(octets.length + 1 + pick(random, 8));
  copy.set(octets, pick(random, 2) === 0 ? 0 : copy.length - octets.length);
  return copy;
};

const noise = (octets: Uint8Array, random: () => number): Uint8Array => {
  const length = pick(random, 2) === 0 ? octets.length : pick(random, 2 * octets.length + 8);
  return Uint8Array.from({ length }, () => pick(random, 256));
};

/** Good octets with damage of one kind, or noise in their place; `random` gives numbers in [0, 1). */
export const mutate = (octets: Uint8Array, random: () => number): Uint8Array => {
  switch (pick(random, 8)) {
    case 0:
      return octets.subarray(0, pick(random, octets.length + 1));
    case 1:
      return lengthened(octets, random);
    case 2:
      return moved(octets, random);
    case 3:
      return noise(octets, random);
    case 4:
    case 5:
      return changed(octets, random);
    default:
      return flipped(octets, random);
  }
};
