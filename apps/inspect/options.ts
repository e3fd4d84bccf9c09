// The options of `inspect`, on the command line and in a configuration file: the same names, the same bounds.
import { readFile } from 'node:fs/promises';
import {
  type GivenParameters,
  type GivenReedSolomon,
  type InspectKind,
  inspectKinds,
} from '../../src/ground/inspect/parameters.ts';
import { UsageError } from '../usage-error.ts';

/** As commander hands them over; numbers are parsed already. */
export interface InspectOptions {
  readonly as?: InspectKind;
  readonly length?: number;
  readonly fecf?: boolean;
  readonly ocf?: boolean;
  readonly fhec?: boolean;
  readonly secondaryHeader?: number;
  readonly insertZone?: number;
  readonly randomized?: boolean;
  readonly rs?: GivenReedSolomon | false;
  readonly skip?: number;
  readonly keepDuplicates?: boolean;
  readonly strict?: boolean;
  readonly config?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

/** `E,I` or `E,I,dual` or `E,I,conventional`. */
export const reedSolomonOption = (text: string): GivenReedSolomon => {
  const [correctable, interleaving, basis, ...rest] = text.split(',').map((part) => part.trim());
  const isCode = correctable === '8' || correctable === '16';
  const depth = [1, 2, 3, 4, 5, 8].find((one) => String(one) === interleaving);
  const isBasis = basis === undefined || basis === 'dual' || basis === 'conventional';
  if (!isCode || depth === undefined || !isBasis || rest.length > 0)
    throw new UsageError(
      `Reed-Solomon: expected E,I[,dual|conventional] with E of 8 or 16 and I of 1, 2, 3, 4, 5 or 8, got '${text}'`,
    );
  return {
    correctable: correctable === '16' ? 16 : 8,
    interleaving: depth as GivenReedSolomon['interleaving'],
    ...(basis === undefined ? {} : { basis }),
  };
};

type Check = (value: unknown, key: string) => unknown;

const boolean: Check = (value, key) => {
  if (typeof value !== 'boolean') throw new UsageError(`${key}: expected true or false, got ${JSON.stringify(value)}`);
  return value;
};

export const bounds = {
  length: [1, 65_536],
  secondaryHeader: [1, 64],
  insertZone: [0, 65_535],
  skip: [0, 65_536],
} as const;

const integer =
  ([minimum, maximum]: readonly [number, number]): Check =>
  (value, key) => {
    if (!Number.isInteger(value) || Number(value) < minimum || Number(value) > maximum)
      throw new UsageError(`${key}: expected an integer from ${minimum} to ${maximum}, got ${JSON.stringify(value)}`);
    return value;
  };

const kind: Check = (value, key) => {
  if (!inspectKinds.some((one) => one === value))
    throw new UsageError(`${key}: expected one of ${inspectKinds.join(', ')}, got ${JSON.stringify(value)}`);
  return value;
};

const checks: Readonly<Record<string, Check>> = {
  as: kind,
  length: integer(bounds.length),
  fecf: boolean,
  ocf: boolean,
  fhec: boolean,
  secondaryHeader: integer(bounds.secondaryHeader),
  insertZone: integer(bounds.insertZone),
  randomized: boolean,
  rs: (value) => (value === false ? false : reedSolomonOption(String(value))),
  skip: integer(bounds.skip),
  keepDuplicates: boolean,
  strict: boolean,
};

/**
 * Reads a JSON object of options, named in camel case or as on the command line; what the command line says as well
 * wins. Throws a UsageError that names the key.
 */
export const withConfig = async (options: InspectOptions): Promise<InspectOptions> => {
  if (options.config === undefined) return options;
  const text = await readFile(options.config, 'utf8');
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `${options.config}: expected a JSON object, got ${error instanceof Error ? error.message : error}`,
    );
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new UsageError(`${options.config}: expected a JSON object, got ${JSON.stringify(read)}`);
  const made: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(read)) {
    const key = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const check = Object.hasOwn(checks, key) ? checks[key] : undefined;
    if (check === undefined)
      throw new UsageError(`${options.config}: expected the keys ${Object.keys(checks).join(', ')}, got '${name}'`);
    made[key] = check(value, `${options.config}: ${name}`);
  }
  return { ...(made as InspectOptions), ...options };
};

/** The shortest frame of each kind that can hold anything at all. */
const SHORTEST: Readonly<Record<InspectKind, number>> = { tm: 7, aos: 7, uslp: 8, cadu: 7, cltu: 6, packets: 7 };

/** Throws a UsageError for a length that no unit of the kind has. */
export const givenParameters = (as: InspectKind, options: InspectOptions): GivenParameters => {
  const { length, fecf, ocf, fhec, secondaryHeader, insertZone, randomized, rs, skip, keepDuplicates, strict } =
    options;
  const headers = (insertZone ?? 0) + (secondaryHeader ?? 0) + (fhec ? 2 : 0) + (fecf ? 2 : 0) + (ocf ? 4 : 0);
  const shortest = SHORTEST[as] + headers;
  if (length !== undefined && length < shortest)
    throw new UsageError(`--length: expected at least ${shortest} octets for ${as} with these fields, got ${length}`);
  return {
    ...(length === undefined ? {} : { lengthOctets: length }),
    ...(fecf === undefined ? {} : { fecf }),
    ...(ocf === undefined ? {} : { ocf }),
    ...(fhec === undefined ? {} : { fhec }),
    ...(secondaryHeader === undefined ? {} : { secondaryHeaderOctets: secondaryHeader }),
    ...(insertZone === undefined ? {} : { insertZoneOctets: insertZone }),
    ...(randomized === undefined ? {} : { randomized }),
    ...(rs === undefined ? {} : { reedSolomon: rs }),
    ...(skip === undefined ? {} : { skipOctets: skip }),
    ...(keepDuplicates === undefined ? {} : { keepDuplicates }),
    ...(strict === undefined ? {} : { strict }),
  };
};
