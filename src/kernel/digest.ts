// Running 64-bit digest of plain values: two lanes of 32-bit arithmetic, equal on every Node. Not cryptographic: it
// tells two runs apart. One nanosecond per octet, so bulk data should travel with its own CRC and be digested by that.

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);
const MAX_DEPTH = 64;
/** Kinds are mixed into the length word, so that [] and '' and {} differ. */
const TEXT = 0x1000_0000;
const OCTETS = 0x2000_0000;
const LIST = 0x3000_0000;
const RECORD = 0x4000_0000;
const VOID = 0x5000_0001;
const NULL = 0x5000_0002;
const TRUE = 0x5000_0003;
const FALSE = 0x5000_0004;
/** The bits of NaN are the engine's choice. */
const NOT_A_NUMBER = 0x5000_0005;

export class Digest {
  low = 0x243f_6a88;
  high = 0x1319_8a2e;

  word(word: number): void {
    const a = Math.imul(word, 0xcc9e_2d51 | 0);
    const b = Math.imul(word ^ this.low, 0x1b87_3593);
    this.low = (Math.imul((this.low ^ ((a << 15) | (a >>> 17))) + 0x38b3_4ae5, 5) + 0x561c_cd1b) | 0;
    this.high = (Math.imul(this.high ^ ((b << 13) | (b >>> 19)), 0x2c1b_3c6d) + 0x0bca_a747) | 0;
  }

  number(value: number): void {
    if ((value | 0) === value) this.word(value);
    else if (Number.isNaN(value)) this.word(NOT_A_NUMBER);
    else {
      float[0] = value;
      this.word(words[0]!);
      this.word(words[1]!);
    }
  }

  text(value: string): void {
    this.word(TEXT | value.length);
    for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i));
  }

  octets(value: Uint8Array): void {
    const { length } = value;
    const whole = length & ~3;
    this.word(OCTETS | length);
    let i = 0;
    for (; i < whole; i += 4)
      this.word(value[i]! | (value[i + 1]! << 8) | (value[i + 2]! << 16) | (value[i + 3]! << 24));
    for (let last = 0; i < length; i++) {
      last = (last << 8) | value[i]!;
      if (i === length - 1) this.word(last);
    }
  }

  /** Throws a TypeError for a function, a symbol, a class with a prototype of its own, or a cycle. */
  value(value: unknown, depth = 0): void {
    if (typeof value === 'number') this.number(value);
    else if (typeof value === 'string') this.text(value);
    else if (value === null) this.word(NULL);
    else if (typeof value === 'object') this.#object(value, depth);
    else if (typeof value === 'boolean') this.word(value ? TRUE : FALSE);
    else if (value === undefined) this.word(VOID);
    else if (typeof value === 'bigint') this.text(value.toString());
    else throw new TypeError(`digest: expected plain data, got a ${typeof value}`);
  }

  get hex(): string {
    return [this.high, this.low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #object(value: object, depth: number): void {
    if (depth > MAX_DEPTH) throw new TypeError(`digest: expected at most ${MAX_DEPTH} levels, got a cycle or more`);
    if (value instanceof Uint8Array) this.octets(value);
    else if (Array.isArray(value)) this.#list(value, depth);
    else if (value instanceof Map || value instanceof Set) this.#list([...value], depth);
    else if (ArrayBuffer.isView(value)) this.octets(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else this.#record(value as Readonly<Record<string, unknown>>, depth);
  }

  #list(list: readonly unknown[], depth: number): void {
    this.word(LIST | list.length);
    for (let i = 0; i < list.length; i++) this.value(list[i], depth + 1);
  }

  #record(record: Readonly<Record<string, unknown>>, depth: number): void {
    const prototype: unknown = Object.getPrototypeOf(record);
    if (prototype !== Object.prototype && prototype !== null)
      throw new TypeError(`digest: expected plain data, got a ${record.constructor?.name}`);
    let count = 0;
    for (const name in record) {
      this.value(record[name], depth + 1);
      count++;
    }
    this.word(RECORD | count);
  }
}

/** The digest of one value alone. */
export const digestOf = (value: unknown): string => {
  const digest = new Digest();
  digest.value(value);
  return digest.hex;
};
