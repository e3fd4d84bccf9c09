// How surprising a command is after the three before it of the same role: prediction by partial matching, orders 3 to
// 0, escape by the number of distinct followers (method C of Moffat, 1990). Left out: exclusion of what longer contexts
// saw. Bound: the table holds 3/4 of its places; what a training would add beyond is left out and counted.

const PAUSE = 124;
const DISTINCT = 125;
const TOTAL = 126;
const NONE = 127;
const PLACES = 1 << 15;

/** Counts of followers by role and context, open addressing; keys are one more than the context, so that 0 is free. */
export interface TransitionTable {
  /** How many kinds of command there are: what a context says nothing about is one of them. */
  readonly symbols: number;
  readonly keys: Uint32Array;
  readonly counts: Uint16Array;
  /** Places taken, and followers left out. */
  readonly used: Uint32Array;
}

export const emptyTable = (symbols: number): TransitionTable => ({
  symbols,
  keys: new Uint32Array(PLACES),
  counts: new Uint16Array(PLACES),
  used: new Uint32Array(2),
});

/** Three symbols a role, the newest last. */
export type Contexts = Uint8Array;

export const firstContexts = (roles: number): Contexts => new Uint8Array(roles * 3).fill(PAUSE);

const keyOf = (role: number, order: number, contexts: Contexts, next: number): number => {
  const at = role * 3;
  const a = order > 2 ? contexts[at]! : NONE;
  const b = order > 1 ? contexts[at + 1]! : NONE;
  const c = order > 0 ? contexts[at + 2]! : NONE;
  return ((role << 28) | (a << 21) | (b << 14) | (c << 7) | next) + 1;
};

const placeOf = (keys: Uint32Array, key: number): number => {
  let place = (Math.imul(key, 0x9e37_79b1) >>> 17) & (PLACES - 1);
  while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) & (PLACES - 1);
  return place;
};

const countOf = (table: TransitionTable, key: number): number => table.counts[placeOf(table.keys, key)]!;

const increment = (table: TransitionTable, key: number): number => {
  const { keys, counts, used } = table;
  const place = placeOf(keys, key);
  if (keys[place] === 0) {
    if (used[0]! >= (PLACES / 4) * 3) {
      used[1]!++;
      return -1;
    }
    keys[place] = key;
    used[0]!++;
  }
  if (counts[place]! < 0xffff) counts[place]!++;
  return counts[place]!;
};

const shift = (contexts: Contexts, role: number, symbol: number): void => {
  const at = role * 3;
  contexts[at] = contexts[at + 1]!;
  contexts[at + 1] = contexts[at + 2]!;
  contexts[at + 2] = symbol;
};

/** A long silence of a role is a symbol of its own: what follows begins something. */
export const pause = (contexts: Contexts, role: number): void => {
  if (contexts[role * 3 + 2] !== PAUSE) shift(contexts, role, PAUSE);
};

/** Counts a follower in every order. Training only. */
export const learn = (table: TransitionTable, contexts: Contexts, role: number, symbol: number): void => {
  for (let order = 0; order <= 3; order++) {
    const times = increment(table, keyOf(role, order, contexts, symbol));
    if (times < 0) continue;
    increment(table, keyOf(role, order, contexts, TOTAL));
    if (times === 1) increment(table, keyOf(role, order, contexts, DISTINCT));
  }
  shift(contexts, role, symbol);
};

/** Bits of surprise at a symbol; moves the context of the role. */
export const surprise = (table: TransitionTable, contexts: Contexts, role: number, symbol: number): number => {
  let escaped = 1;
  let probability = 0;
  for (let order = 3; order >= 0 && probability === 0; order--) {
    const total = countOf(table, keyOf(role, order, contexts, TOTAL));
    if (total === 0) continue;
    const distinct = countOf(table, keyOf(role, order, contexts, DISTINCT));
    const count = countOf(table, keyOf(role, order, contexts, symbol));
    if (count > 0) probability = (escaped * count) / (total + distinct);
    else escaped *= distinct / (total + distinct);
  }
  if (probability === 0) probability = escaped / table.symbols;
  shift(contexts, role, symbol);
  return -Math.log2(probability);
};
