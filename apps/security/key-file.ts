// The key file as data: which keys there are, and which associations protect which virtual channel of which direction.
// Every mistake is a sentence that names the place, what was expected and what was got; it never shows a key. The file
// is one JSON object; a key is 64 hexadecimal digits or, better, the path of a file of 32 raw octets.

export const KEY_OCTETS = 32;
/** More than an orbiter with two ends of a link ever has. */
const MOST_ENTRIES = 64;

export const serviceNames = ['authenticated encryption', 'authentication'] as const;
export const maskNames = ['all-ones', 'standard'] as const;
export const directionNames = ['uplink', 'downlink'] as const;

export interface DescribedKey {
  /** 0..65535 */
  readonly id: number;
  readonly source: { readonly hex: string } | { readonly file: string };
}

export interface DescribedAssociation {
  readonly spi: number;
  readonly direction: (typeof directionNames)[number];
  readonly virtualChannel: number;
  /** Absent: all MAPs of the channel. */
  readonly map?: number;
  readonly service: (typeof serviceNames)[number];
  /** The id of a key of this file. */
  readonly key: number;
  readonly mask: (typeof maskNames)[number];
  /** How far ahead of the last counter a frame may be. */
  readonly window: number;
  /** The first counter. */
  readonly counter: number;
}

export interface DescribedKeys {
  readonly keys: readonly DescribedKey[];
  readonly associations: readonly DescribedAssociation[];
}

/** The virtual channels of the mission, by direction, and which of the uplink have segment headers and so MAPs. */
export interface Channels {
  readonly uplink: readonly number[];
  readonly segmented: readonly number[];
  readonly downlink: readonly number[];
}

/** A mistake in the file; the message is for its author. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

type Members = Readonly<Record<string, unknown>>;

const fail = (place: string, expected: string, got: string): never => {
  throw new KeyFileError(`${place}: expected ${expected}, got ${got}`);
};

/** What was got, without its content where it might be a secret. */
const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value === 'string' ? 'a text' : 'an object';
};

const membersOf = (value: unknown, place: string, names: readonly string[]): Members => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fail(place, 'an object', kindOf(value));
  const strange = Object.keys(value).find((name) => !names.includes(name));
  if (strange !== undefined) fail(place, `members ${names.join(', ')}`, 'another one');
  return value as Members;
};

const listOf = (value: unknown, place: string): readonly unknown[] => {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ENTRIES)
    return fail(place, `a list of 1 to ${MOST_ENTRIES}`, Array.isArray(value) ? String(value.length) : kindOf(value));
  return value;
};

const integerOf = (value: unknown, place: string, least: number, most: number): number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
    ? (value as number)
    : fail(place, `an integer from ${least} to ${most}`, kindOf(value));

const wordOf = <W extends string>(value: unknown, place: string, words: readonly W[]): W =>
  words.find((word) => word === value) ?? fail(place, `one of ${words.join(', ')}`, kindOf(value));

const keyOf = (value: unknown, place: string): DescribedKey => {
  const { id, hex, file } = membersOf(value, place, ['id', 'hex', 'file']);
  const known = integerOf(id, `${place}.id`, 0, 0xffff);
  if ((hex === undefined) === (file === undefined)) fail(place, 'either hex or file', hex ? 'both' : 'none');
  if (file !== undefined)
    return {
      id: known,
      source: { file: typeof file === 'string' ? file : fail(`${place}.file`, 'a path', kindOf(file)) },
    };
  if (typeof hex !== 'string' || !/^[0-9a-f]*$/i.test(hex) || hex.length !== 2 * KEY_OCTETS)
    return fail(
      `${place}.hex`,
      `${2 * KEY_OCTETS} hexadecimal digits`,
      typeof hex === 'string' ? `${hex.length} characters` : kindOf(hex),
    );
  return { id: known, source: { hex } };
};

const names = ['spi', 'direction', 'virtualChannel', 'map', 'service', 'key', 'mask', 'window', 'counter'];

/** Telecommands come in order; telemetry is lost for weeks and has to be taken again afterwards. */
const defaultWindows = { uplink: 1024, downlink: 2 ** 40 } as const;
const MOST_COUNTER = 2 ** 48 - 1;

const channelOf = (value: unknown, place: string, ids: readonly number[]): number =>
  ids.find((id) => id === value) ?? fail(place, `one of ${ids.join(', ')}`, kindOf(value));

const associationOf = (value: unknown, place: string, channels: Channels, ids: readonly number[]) => {
  const given = membersOf(value, place, names);
  const direction = wordOf(given.direction, `${place}.direction`, directionNames);
  const virtualChannel = channelOf(given.virtualChannel, `${place}.virtualChannel`, channels[direction]);
  const hasMaps = direction === 'uplink' && channels.segmented.includes(virtualChannel);
  if (given.map !== undefined && !hasMaps) fail(`${place}.map`, 'none on this virtual channel', kindOf(given.map));
  const key = integerOf(given.key, `${place}.key`, 0, 0xffff);
  if (!ids.includes(key)) fail(`${place}.key`, `the id of a key of this file (${ids.join(', ')})`, String(key));
  const described: DescribedAssociation = {
    spi: integerOf(given.spi, `${place}.spi`, 1, 0xfffe),
    direction,
    virtualChannel,
    ...(given.map === undefined ? {} : { map: integerOf(given.map, `${place}.map`, 0, 63) }),
    service: wordOf(given.service ?? 'authenticated encryption', `${place}.service`, serviceNames),
    key,
    mask: wordOf(given.mask ?? 'all-ones', `${place}.mask`, maskNames),
    window: integerOf(given.window ?? defaultWindows[direction], `${place}.window`, 1, 2 ** 48),
    counter: integerOf(given.counter ?? 0, `${place}.counter`, 0, MOST_COUNTER),
  };
  return described;
};

/** Who has to be there before a link is called secured: all that the orbiter sends, and one way to command it. */
const checkComplete = ({ associations }: DescribedKeys, { uplink, downlink }: Channels): void => {
  const has = (direction: string, id: number): boolean =>
    associations.some((each) => each.direction === direction && each.virtualChannel === id);
  for (const id of downlink)
    if (!has('downlink', id)) fail('associations', `one for downlink virtual channel ${id}`, 'none');
  if (!has('uplink', uplink[0]!)) fail('associations', `one for uplink virtual channel ${uplink[0]}`, 'none');
  const seen = new Set<string>();
  for (const { direction, virtualChannel, map } of associations) {
    const name = `${direction} virtual channel ${virtualChannel}${map === undefined ? '' : ` MAP ${map}`}`;
    if (seen.has(name)) fail('associations', `one for ${name}`, 'two');
    seen.add(name);
  }
};

/** Throws a KeyFileError for everything that is not a whole and unambiguous description. */
export const parseKeyFile = (text: string, channels: Channels): DescribedKeys => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The words of the parser would show a piece of the file.
    throw new KeyFileError('expected one JSON object, got something else');
  }
  const top = membersOf(value, 'key file', ['keys', 'associations']);
  const keys = listOf(top.keys, 'keys').map((each, at) => keyOf(each, `keys[${at}]`));
  const ids = keys.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) fail('keys', `one key ${twice}`, 'two');
  const associations = listOf(top.associations, 'associations').map((each, at) =>
    associationOf(each, `associations[${at}]`, channels, ids),
  );
  const described = { keys, associations };
  checkComplete(described, channels);
  return described;
};
