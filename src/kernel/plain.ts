// Plain data: what may be a message, a state or a snapshot. No function, no class, nothing that hides state.

// biome-ignore format: the members read best side by side
export type Plain =
  | undefined | null | boolean | number | bigint | string | Uint8Array
  | readonly Plain[] | { readonly [name: string]: Plain };

/** Deeper data is refused: it is a cycle, or a list that should have been an array. */
const MAX_DEPTH = 64;

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

const refusal = (path: string, got: unknown): TypeError => {
  const kind = typeof got === 'object' && got !== null ? (got.constructor?.name ?? 'object') : typeof got;
  return new TypeError(`${path}: expected plain data, got ${kind === 'function' ? 'a function' : `a ${kind}`}`);
};

const copyBuffer = (view: ArrayBufferView): ArrayBufferView => {
  const octets = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
  if (view instanceof Uint8Array) return octets;
  const Kind = view.constructor as new (buffer: ArrayBuffer) => ArrayBufferView;
  return new Kind(octets.buffer);
};

/** A deep copy. Throws a TypeError that names the path of whatever is not plain data. */
export const copyPlain = <T>(value: T, path: string, depth = 0): T => {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol'))
    return value;
  if (typeof value !== 'object') throw refusal(path, value);
  if (depth > MAX_DEPTH) throw new TypeError(`${path}: expected at most ${MAX_DEPTH} levels, got a cycle or more`);
  if (ArrayBuffer.isView(value)) return copyBuffer(value) as T;
  if (Array.isArray(value)) return value.map((each, at) => copyPlain(each, `${path}[${at}]`, depth + 1)) as T;
  if (value instanceof Map)
    return new Map(
      [...value].map(([k, v]) => [copyPlain(k, `${path} key`, depth + 1), copyPlain(v, `${path}.${k}`, depth + 1)]),
    ) as T;
  if (value instanceof Set) return new Set([...value].map((each) => copyPlain(each, `${path} item`, depth + 1))) as T;
  if (!isPlainObject(value)) throw refusal(path, value);
  const copy: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) copy[name] = copyPlain(each, `${path}.${name}`, depth + 1);
  return copy as T;
};

/**
 * Freezes plain data to the bottom, so that a mutation throws. Typed arrays cannot be frozen: seal.ts compares their
 * digest instead.
 */
export const freezePlain = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) value.forEach(freezePlain);
  else if (isPlainObject(value)) Object.values(value).forEach(freezePlain);
  return value;
};
