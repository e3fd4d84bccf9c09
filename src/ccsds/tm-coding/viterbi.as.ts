// AssemblyScript twin of viterbi-trellis.ts: 64 path metrics of 8 bits in four vectors, one step in some forty
// instructions; the costs of its branches come out of a table. Same quantisation, same ties, same renormalisation:
// the decisions are equal bit for bit.

export const viterbiMostSteps: u32 = 4096;
export const viterbiDepth: u32 = 128;

/** Soft symbols, two of each step. */
export const viterbiSymbols: usize = memory.data(8192, 16);
/** The 64 path metrics. */
export const viterbiMetrics: usize = memory.data(64, 16);
/** Decisions, eight octets a step: `viterbiDepth` steps of history, then those of this run. */
export const viterbiDecisions: usize = memory.data(33792, 16);
/** Decoded bits, packed. */
export const viterbiBits: usize = memory.data(512, 16);

const pairs: usize = memory.data(16, 16); // eight steps ahead: where their costs stand
const costs: usize = memory.data(16384, 16); // four vectors of branch costs for each pair of quantised symbols
const mirrored: usize = memory.data(256, 16);

let prepared = false;
let doubt: u32 = 0;

/** Sum over the last run of what its symbols cost the best branches at least. */
export function viterbiDoubt(): u32 {
  return doubt;
}

/** The vectors of a pair: the branches from the even states with input 0, two halves, then their complements. */
function prepareCosts(first: i32, second: i32): void {
  // Symbols (c1 << 1 | c2) of the branch from state 2j with input 0, for j = 0..15 and 16..31.
  const symbolsA = i8x16(0, 1, 0, 1, 3, 2, 3, 2, 3, 2, 3, 2, 0, 1, 0, 1);
  const symbolsB = i8x16(2, 3, 2, 3, 1, 0, 1, 0, 1, 0, 1, 0, 2, 3, 2, 3);
  let four = i32x4.splat((first + second) | ((first + 12 - second) << 8));
  four = i16x8.replace_lane(four, 1, <i16>((12 - first + second) | ((24 - first - second) << 8)));
  const at = costs + ((<usize>first << 10) | (<usize>second << 6));
  const a = v128.swizzle(four, symbolsA);
  const b = v128.swizzle(four, symbolsB);
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, i8x16.sub(i8x16.splat(24), a), 32);
  v128.store(at, i8x16.sub(i8x16.splat(24), b), 48);
}

function prepare(): void {
  for (let first = 0; first < 13; first++) for (let second = 0; second < 13; second++) prepareCosts(first, second);
  for (let v: u32 = 0; v < 256; v++) {
    let m: u32 = 0;
    for (let k: u32 = 0; k < 8; k++) m |= ((v >> k) & 1) << (7 - k);
    store<u8>(mirrored + v, <u8>m);
  }
  prepared = true;
}

/** Sixteen soft symbols to 0..12, in equal bins. */
// @ts-ignore: decorator
@inline
function quantise(soft: v128): v128 {
  const thirteen = i16x8.splat(13);
  const low = i16x8.shr_u(i16x8.mul(i16x8.extend_low_i8x16_u(soft), thirteen), 8);
  const high = i16x8.shr_u(i16x8.mul(i16x8.extend_high_i8x16_u(soft), thirteen), 8);
  return i8x16.narrow_i16x8_u(low, high);
}

// @ts-ignore: decorator
@inline
function smallestOf(vector: v128): u32 {
  let least = i8x16.min_u(vector, v128.shuffle<i64>(vector, vector, 1, 0));
  least = i8x16.min_u(least, v128.shuffle<i32>(least, least, 1, 0, 1, 0));
  least = i8x16.min_u(least, v128.shuffle<i16>(least, least, 1, 0, 1, 0, 1, 0, 1, 0));
  const pair = <u32>i16x8.extract_lane_u(least, 0);
  return min(pair & 255, pair >> 8);
}

// @ts-ignore: decorator
@inline
function sumOf(vector: v128): u32 {
  return (
    i32x4.extract_lane(vector, 0) +
    i32x4.extract_lane(vector, 1) +
    i32x4.extract_lane(vector, 2) +
    i32x4.extract_lane(vector, 3)
  );
}

/**
 * Runs `steps` (a multiple of 8) and returns the growth of the best metric. Bits come `viterbiDepth` steps late.
 * `inversion` is 255 when C2 comes inverted, otherwise 0.
 */
export function viterbiRun(steps: u32, inversion: u32): u32 {
  if (!prepared) prepare();
  let m0 = v128.load(viterbiMetrics);
  let m1 = v128.load(viterbiMetrics, 16);
  let m2 = v128.load(viterbiMetrics, 32);
  let m3 = v128.load(viterbiMetrics, 48);
  const flip = i16x8.splat(<i16>(inversion << 8));
  const twelve = i8x16.splat(12);
  let unsure = i32x4.splat(0);
  let growth: u32 = 0;
  let decisions = viterbiDecisions + viterbiDepth * 8;
  let symbols = viterbiSymbols;
  const end = symbols + 2 * steps;
  while (symbols < end) {
    const soft = v128.xor(v128.load(symbols), flip);
    const quantised = quantise(soft);
    const doubtful = i8x16.min_u(quantised, i8x16.sub(twelve, quantised));
    unsure = i32x4.add(unsure, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(doubtful)));
    // 1024 * first + 64 * second, the offset into `costs`
    const firsts = i16x8.shl(v128.and(quantised, i16x8.splat(15)), 10);
    v128.store(pairs, v128.or(firsts, i16x8.shl(i16x8.shr_u(quantised, 8), 6)));
    symbols += 16;
    for (let k: usize = 0; k < 16; k += 2) {
      const cost = costs + <usize>load<u16>(pairs + k);
      const a = v128.load(cost);
      const b = v128.load(cost, 16);
      const notA = v128.load(cost, 32);
      const notB = v128.load(cost, 48);
      const evenA = v128.shuffle<i8>(m0, m1, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
      const oddA = v128.shuffle<i8>(m0, m1, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
      const evenB = v128.shuffle<i8>(m2, m3, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
      const oddB = v128.shuffle<i8>(m2, m3, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
      const o0 = i8x16.add_sat_u(oddA, notA);
      const o1 = i8x16.add_sat_u(oddB, notB);
      const o2 = i8x16.add_sat_u(oddA, a);
      const o3 = i8x16.add_sat_u(oddB, b);
      m0 = i8x16.min_u(i8x16.add_sat_u(evenA, a), o0);
      m1 = i8x16.min_u(i8x16.add_sat_u(evenB, b), o1);
      m2 = i8x16.min_u(i8x16.add_sat_u(evenA, notA), o2);
      m3 = i8x16.min_u(i8x16.add_sat_u(evenB, notB), o3);
      store<u16>(decisions, <u16>i8x16.bitmask(i8x16.eq(m0, o0)));
      store<u16>(decisions, <u16>i8x16.bitmask(i8x16.eq(m1, o1)), 2);
      store<u16>(decisions, <u16>i8x16.bitmask(i8x16.eq(m2, o2)), 4);
      store<u16>(decisions, <u16>i8x16.bitmask(i8x16.eq(m3, o3)), 6);
      decisions += 8;
    }
    const smallest = smallestOf(i8x16.min_u(i8x16.min_u(m0, m1), i8x16.min_u(m2, m3)));
    growth += smallest;
    const floor = i8x16.splat(<i8>smallest);
    m0 = i8x16.sub(m0, floor);
    m1 = i8x16.sub(m1, floor);
    m2 = i8x16.sub(m2, floor);
    m3 = i8x16.sub(m3, floor);
  }
  v128.store(viterbiMetrics, m0);
  v128.store(viterbiMetrics, m1, 16);
  v128.store(viterbiMetrics, m2, 32);
  v128.store(viterbiMetrics, m3, 48);
  doubt = sumOf(unsure);
  trace(steps);
  return growth;
}

/** Follows the best path back over all decisions, writes the oldest `steps` bits, keeps the newest decisions. */
function trace(steps: u32): void {
  let best: u32 = 0;
  for (let s: u32 = 1; s < 64; s++)
    if (load<u8>(viterbiMetrics + s) < load<u8>(viterbiMetrics + best)) best = s;
  let path: u64 = best; // the state is its low six bits; older bits enter below
  let at = viterbiDecisions + (viterbiDepth + steps) * 8;
  const kept = viterbiDecisions + steps * 8;
  while (at > kept) {
    at -= 8;
    path = (path << 1) | ((load<u64>(at) >> path) & 1);
  }
  let bits = viterbiBits + (steps >> 3);
  while (at > viterbiDecisions) {
    at -= 64;
    path = (path << 1) | ((load<u64>(at, 56) >> path) & 1);
    path = (path << 1) | ((load<u64>(at, 48) >> path) & 1);
    path = (path << 1) | ((load<u64>(at, 40) >> path) & 1);
    path = (path << 1) | ((load<u64>(at, 32) >> path) & 1);
    path = (path << 1) | ((load<u64>(at, 24) >> path) & 1);
    path = (path << 1) | ((load<u64>(at, 16) >> path) & 1);
    path = (path << 1) | ((load<u64>(at, 8) >> path) & 1);
    path = (path << 1) | ((load<u64>(at) >> path) & 1);
    bits--;
    store<u8>(bits, load<u8>(mirrored + <usize>((path >> 6) & 255)));
  }
  memory.copy(viterbiDecisions, viterbiDecisions + steps * 8, viterbiDepth * 8);
}
