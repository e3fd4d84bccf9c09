// AssemblyScript twin of reed-solomon-remainder.ts: the same division, the state of a codeword in one or two vectors.
// Input and output stand in fixed places of the module's memory, whose addresses are exported; the tables are copied
// in by kernels.ts, one slot per code.

/** A codeblock: 255 symbols of eight codewords at most, and room for whole-vector loads behind it. */
export const remainderInput: usize = memory.data(2064, 16);
/** Received parity minus computed parity, interleaved: 32 symbols of eight codewords at most. */
export const remainderOutput: usize = memory.data(256, 16);
/** Feedback tables of four codes (E = 8 and 16, two bases), 32 KiB apart. */
export const remainderTables: usize = memory.data(4 * 32768, 16);

const words: usize = memory.data(32, 16);

// @ts-ignore: decorator
@inline
function gather(at: usize, stride: usize): u32 {
  return (
    (<u32>load<u8>(at) << 24) |
    (<u32>load<u8>(at + stride) << 16) |
    (<u32>load<u8>(at + 2 * stride) << 8) |
    <u32>load<u8>(at + 3 * stride)
  );
}

/** The first one to four symbols, as if zeros stood before them. */
// @ts-ignore: decorator
@inline
function gatherFirst(at: usize, stride: usize, count: u32): u32 {
  let word: u32 = 0;
  for (let k: u32 = 0; k < count; k++) word = (word << 8) | <u32>load<u8>(at + k * stride);
  return word;
}

function divideByDegree32(table: usize, start: usize, stride: usize, information: u32): void {
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  const zero = i32x4.splat(0);
  const first: u32 = ((information - 1) & 3) + 1;
  let next = gatherFirst(start, stride, first);
  let at = start + first * stride;
  const end = start + information * stride;
  while (true) {
    const w = <u32>i32x4.extract_lane(low, 0) ^ next;
    const a = table + 24576 + ((w >> 24) << 5);
    const b = table + 16384 + (((w >> 16) & 255) << 5);
    const c = table + 8192 + (((w >> 8) & 255) << 5);
    const d = table + ((w & 255) << 5);
    low = v128.shuffle<i32>(low, high, 1, 2, 3, 4);
    high = v128.shuffle<i32>(high, zero, 1, 2, 3, 4);
    low = v128.xor(low, v128.xor(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(c), v128.load(d))));
    high = v128.xor(
      high,
      v128.xor(v128.xor(v128.load(a, 16), v128.load(b, 16)), v128.xor(v128.load(c, 16), v128.load(d, 16))),
    );
    if (at >= end) break;
    next = gather(at, stride);
    at += 4 * stride;
  }
  v128.store(words, low);
  v128.store(words, high, 16);
}

function divideByDegree16(table: usize, start: usize, stride: usize, information: u32): void {
  let state = i32x4.splat(0);
  const zero = i32x4.splat(0);
  const first: u32 = ((information - 1) & 3) + 1;
  let next = gatherFirst(start, stride, first);
  let at = start + first * stride;
  const end = start + information * stride;
  while (true) {
    const w = <u32>i32x4.extract_lane(state, 0) ^ next;
    const a = table + 12288 + ((w >> 24) << 4);
    const b = table + 8192 + (((w >> 16) & 255) << 4);
    const c = table + 4096 + (((w >> 8) & 255) << 4);
    const d = table + ((w & 255) << 4);
    state = v128.shuffle<i32>(state, zero, 1, 2, 3, 4);
    state = v128.xor(state, v128.xor(v128.xor(v128.load(a), v128.load(b)), v128.xor(v128.load(c), v128.load(d))));
    if (at >= end) break;
    next = gather(at, stride);
    at += 4 * stride;
  }
  v128.store(words, state);
}

/** Divides the codeblock of `length` octets in `remainderInput` with the tables of `slot`. Returns dirty codewords. */
export function remainderRun(slot: u32, paritySymbols: u32, interleaving: u32, length: u32): u32 {
  const table = remainderTables + slot * 32768;
  const parity = remainderInput + length - paritySymbols * interleaving;
  const information = (length - paritySymbols * interleaving) / interleaving;
  let dirty: u32 = 0;
  for (let i: u32 = 0; i < interleaving; i++) {
    if (paritySymbols == 32) divideByDegree32(table, remainderInput + i, interleaving, information);
    else divideByDegree16(table, remainderInput + i, interleaving, information);
    let any: u32 = 0;
    for (let k: u32 = 0; k < paritySymbols; k++) {
      const at = k * interleaving + i;
      const d = <u32>load<u8>(parity + at) ^ <u32>load<u8>(words + (k ^ 3)); // words are big-endian
      store<u8>(remainderOutput + at, <u8>d);
      any |= d;
    }
    if (any != 0) dirty++;
  }
  return dirty;
}
