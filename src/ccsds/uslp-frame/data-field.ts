// The transfer frame data field of USLP, 732.1-B-2 4.1.4: a header that says how the zone behind it was made and whose
// protocol it holds, then the zone.
import { integerIn } from '../../codec/assert.ts';
import type { Codec } from '../../codec/codec.ts';
import { ok, refuse } from '../../codec/result.ts';

/** The construction rules in the order of their codes (4.1.4.2.2.2). The first three have a pointer. */
export const constructionRules = [
  'packets spanning frames',
  'start of an access unit',
  'continuation of an access unit',
  'octet stream',
  'first segment',
  'middle segment',
  'last segment',
  'no segmentation',
] as const;
export type ConstructionRule = (typeof constructionRules)[number];

/** Protocol identifiers (SANA registry `uslp_protocol_id`) that this house names. */
export const uslpProtocol = { packets: 0, cop1: 1, copP: 2, sdls: 3, octetStream: 4, accessUnit: 5, idle: 31 } as const;

/** The pointer of a zone in which no packet starts, or no access unit ends (4.1.4.2.4). */
export const USLP_NO_POINTER = 0xffff;

export interface UslpDataField {
  readonly rule: ConstructionRule;
  /** 0..31. */
  readonly protocol: number;
  /** First header, or last valid octet, by the rule; absent for the rules without a pointer. */
  readonly pointer?: number;
  /** A view after decoding. */
  readonly zone: Uint8Array;
}

const RULES_WITH_POINTER = 3;

/** Refuses 'data field too short'. Encoding wants a pointer for exactly the first three rules. */
export const uslpDataField: Codec<UslpDataField> = {
  name: 'USLP data field',
  encode: ({ rule, protocol, pointer, zone }) => {
    const code = constructionRules.indexOf(rule);
    if (code < RULES_WITH_POINTER !== (pointer !== undefined))
      throw new RangeError(`USLP pointer: expected ${code < RULES_WITH_POINTER ? 'one' : 'none'}, got ${pointer}`);
    const start = pointer === undefined ? 1 : 3;
    const octets = new Uint8Array(start + zone.length);
    octets[0] = (code << 5) | integerIn('USLP protocol id', protocol, 0, 31);
    if (pointer !== undefined) {
      octets[1] = integerIn('USLP pointer', pointer, 0, 0xffff) >> 8;
      octets[2] = pointer & 0xff;
    }
    octets.set(zone, start);
    return octets;
  },
  decode: (octets) => {
    const code = octets.length > 0 ? octets[0]! >> 5 : 0;
    const start = code < RULES_WITH_POINTER ? 3 : 1;
    if (octets.length < start) return refuse('data field too short', octets.length);
    return ok({
      rule: constructionRules[code]!,
      protocol: octets[0]! & 31,
      ...(start === 3 ? { pointer: (octets[1]! << 8) | octets[2]! } : {}),
      zone: octets.subarray(start),
    });
  },
};
