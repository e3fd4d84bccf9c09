// USLP frames as they are exchanged with spacepackets, see spacepackets-kinds.ts. The peer knows an error control field
// of 16 bits, pointers in frames of fixed length only, and insert zones; the generator stays within that.
import fc from 'fast-check';
import { constructionRules, uslpDataField } from '../../src/ccsds/uslp-frame/data-field.ts';
import { uslpFrame } from '../../src/ccsds/uslp-frame/uslp-frame.ts';
import type { UslpHeader } from '../../src/ccsds/uslp-frame/uslp-header.ts';
import { hexOctets, toHex } from '../../src/codec/hex.ts';
import { below, hexOf, type Kind, kind } from './spacepackets-kinds.ts';

interface Value {
  readonly spacecraftId: number;
  readonly destination: number;
  readonly virtualChannelId: number;
  readonly mapId: number;
  readonly truncated: boolean;
  readonly bypass: number;
  readonly protocolControl: number;
  readonly countOctets: number;
  readonly count: number;
  /** The code of the rule: below 3 for frames of fixed length, with a pointer. */
  readonly constructionRule: number;
  readonly protocolId: number;
  readonly pointer: number | null;
  readonly zone: string;
  readonly insertZone: string;
  readonly ocf: number | null;
  readonly fecf: boolean;
}

/** What a truncated frame cannot say. */
const silent = { bypass: 0, protocolControl: 0, countOctets: 0, count: 0, insertZone: '', ocf: null, fecf: false };

const values = fc
  .record({
    spacecraftId: below(65_536),
    destination: below(2),
    virtualChannelId: below(64),
    mapId: below(16),
    shape: fc.constantFrom('fixed', 'variable', 'variable', 'truncated'),
    bypass: below(2),
    protocolControl: below(2),
    countOctets: below(7),
    fill: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    rule: fc.integer(),
    protocolId: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 31),
    pointer: fc.oneof(below(65_536), fc.constant(0xffff)),
    zone: hexOf(1, 400),
    insertZone: fc.oneof(fc.constant(''), hexOf(1, 30)),
    ocf: fc.option(below(2 ** 32)),
    fecf: fc.boolean(),
  })
  .map(({ shape, fill, rule, ...value }): Value => {
    const fixed = shape === 'fixed';
    const made = {
      ...value,
      truncated: shape === 'truncated',
      count: Math.floor(fill * 256 ** value.countOctets),
      constructionRule: fixed ? Math.abs(rule % 3) : 3 + Math.abs(rule % 5),
      pointer: fixed ? value.pointer : null,
      insertZone: fixed ? value.insertZone : '',
    };
    return made.truncated ? { ...made, ...silent } : made;
  });

const headerOf = (value: Value): UslpHeader => {
  const identifiers = {
    spacecraftId: value.spacecraftId,
    destination: value.destination === 1,
    virtualChannelId: value.virtualChannelId,
    mapId: value.mapId,
  };
  if (value.truncated) return { ...identifiers, truncated: true };
  return {
    ...identifiers,
    truncated: false,
    lengthOctets: 1,
    bypass: value.bypass === 1,
    protocolControl: value.protocolControl === 1,
    ocf: value.ocf !== null,
    countOctets: value.countOctets,
    virtualChannelCount: value.count,
  };
};

const codecOf = (value: Value) =>
  uslpFrame({ fecfOctets: value.fecf ? 2 : 0, insertZoneOctets: value.insertZone.length / 2 });

const decode: Kind<Value>['decode'] = (octets, value) => {
  const frame = codecOf(value).decode(octets);
  if (!frame.ok) return frame;
  const { header, insertZone, data, ocf } = frame.value;
  const field = uslpDataField.decode(data);
  if (!field.ok) return field;
  const whole = header.truncated ? undefined : header;
  const made: Value = {
    spacecraftId: header.spacecraftId,
    destination: Number(header.destination),
    virtualChannelId: header.virtualChannelId,
    mapId: header.mapId,
    truncated: header.truncated,
    bypass: Number(whole?.bypass ?? false),
    protocolControl: Number(whole?.protocolControl ?? false),
    countOctets: whole?.countOctets ?? 0,
    count: whole?.virtualChannelCount ?? 0,
    constructionRule: constructionRules.indexOf(field.value.rule),
    protocolId: field.value.protocol,
    pointer: field.value.pointer ?? null,
    zone: toHex(field.value.zone),
    insertZone: toHex(insertZone),
    ocf: ocf ?? null,
    fecf: value.fecf,
  };
  return { ok: true, value: made };
};

export const uslpFrames = kind<Value>({
  kind: 'uslp frame',
  values,
  encode: (value) =>
    codecOf(value).encode({
      header: headerOf(value),
      insertZone: hexOctets(value.insertZone),
      data: uslpDataField.encode({
        rule: constructionRules[value.constructionRule]!,
        protocol: value.protocolId,
        zone: hexOctets(value.zone),
        ...(value.pointer === null ? {} : { pointer: value.pointer }),
      }),
      ...(value.ocf === null ? {} : { ocf: value.ocf }),
    }),
  decode,
  parameters: (value) => ({
    fixed: value.constructionRule < 3,
    insertOctets: value.insertZone.length / 2,
    fecf: value.fecf,
  }),
  sealed: ({ fecf }) => fecf,
});
