import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/codec/hex.ts';
import { complete } from '../../../src/dictionary/complete.ts';
import { decodeFields, measureValue } from '../../../src/dictionary/decode.ts';
import { encodeFields, encodeValue } from '../../../src/dictionary/encode.ts';
import { valueText } from '../../../src/dictionary/format-event.ts';
import { parseCommandLine } from '../../../src/dictionary/parse-arguments.ts';
import { isSpace, splitTokens } from '../../../src/dictionary/tokens.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/dictionary/utf8.ts';
import type { AnyField, Fields } from '../../../src/kernel/field.ts';
import {
  enumOf,
  f32,
  f64,
  flag,
  i8,
  i16,
  i32,
  listOf,
  octets,
  rest,
  text,
  u8,
  u16,
  u24,
  u32,
  u48,
} from '../../../src/kernel/field.ts';
import { expectAnswer, wildOctets } from '../../support/never-throws.ts';
import { smallDictionary } from '../../support/small-dictionary.ts';

type Pair = readonly [AnyField, fc.Arbitrary<unknown>];

const plain: readonly Pair[] = [
  ...[u8(), u16(), u24(), u32(), u48(), i8(), i16(), i32()].map(
    (field): Pair => [field, fc.maxSafeInteger().map((n) => field.min + (Math.abs(n) % (field.max - field.min + 1)))],
  ),
  [f32(), fc.float()],
  [f64(), fc.double()],
  [flag(), fc.boolean()],
  [enumOf(['a', 'b', 'c']), fc.constantFrom('a', 'b', 'c')],
  [text(40), fc.string({ maxLength: 10, unit: 'grapheme' }).filter((each) => encodeUtf8(each).length <= 40)],
  [octets(300), fc.uint8Array({ maxLength: 300 })],
];

const oneOf = fc.constantFrom(...plain);

/** Some declared fields, and values for them. */
const records = fc
  .record({ pairs: fc.array(oneOf, { maxLength: 6 }), item: fc.array(oneOf, { minLength: 1, maxLength: 3 }) })
  .chain(({ pairs, item }) => {
    const names = (list: readonly Pair[]): [Fields, Record<string, fc.Arbitrary<unknown>>] => [
      Object.fromEntries(list.map(([field], i) => [`field${i}`, field])),
      Object.fromEntries(list.map(([, values], i) => [`field${i}`, values])),
    ];
    const [itemFields, itemValues] = names(item);
    const list: Pair = [listOf(itemFields, 4), fc.array(fc.record(itemValues), { maxLength: 4 })];
    const end: Pair = [rest(), fc.uint8Array({ maxLength: 9 })];
    const [fields, values] = names([...pairs, list, end]);
    return fc.record({ fields: fc.constant(fields), values: fc.record(values) });
  });

describe('fields', () => {
  it('come back as they went, whatever is declared', () => {
    fc.assert(
      fc.property(records, ({ fields, values }) => {
        const made = encodeFields(fields, values);
        expect(made.ok).toBe(true);
        if (made.ok) expect(decodeFields(fields, made.value)).toEqual({ ok: true, value: values });
      }),
    );
  });

  it('have the width that is measured in place', () => {
    fc.assert(
      fc.property(
        oneOf.chain(([field, values]) => fc.record({ field: fc.constant(field), value: values })),
        (one) => {
          const made = encodeValue(one.field, one.value);
          if (!made.ok) throw new Error('expected an encoding');
          const around = Uint8Array.of(1, 2, ...made.value, 3, 4);
          expect(measureValue(one.field, around, 2)).toBe(made.value.length);
        },
      ),
    );
  });

  it('never throw on any octets, and take nothing but what they would have written', () => {
    const wild = records.chain(({ fields, values }) => {
      const made = encodeFields(fields, values);
      const good = made.ok ? made.value : new Uint8Array(0);
      return fc.record({ fields: fc.constant(fields), octets: wildOctets(fc.constant(good)) });
    });
    fc.assert(
      fc.property(wild, ({ fields, octets }) => {
        const read = decodeFields(fields, octets);
        expectAnswer(read, octets.length);
        // NaN has many patterns of bits; all else has one.
        if (!read.ok || valueText(read.value).includes('NaN')) return;
        const again = encodeFields(fields, read.value);
        expect(again.ok && toHex(again.value)).toBe(toHex(octets));
      }),
      { numRuns: 500 },
    );
  });

  it('never throw on any values', () => {
    fc.assert(
      fc.property(
        records,
        fc.dictionary(fc.constantFrom('field0', 'field1', 'other'), fc.anything()),
        (one, values) => {
          const made = encodeFields(one.fields, { ...one.values, ...values });
          if (!made.ok) expect(made.misfit.subject.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('UTF-8', () => {
  it("is the host's in both directions", () => {
    const host = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const read = (octets: Uint8Array): string | undefined => {
      try {
        return host.decode(octets);
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 8 }), (written, octets) => {
        expect(toHex(encodeUtf8(written))).toBe(toHex(new TextEncoder().encode(written)));
        expect(decodeUtf8(octets)).toBe(read(octets));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the console', () => {
  const words = fc.constantFrom('heater.Switch', 'desk.Plan', 'heater.Load', '[', ']', '{', '}', '"', '=', ' ', ',');
  const lines = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(words, fc.string({ maxLength: 4 }))).map((all) => all.join('')),
  );

  it('answers any line, and offers only what continues it', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const read = parseCommandLine(smallDictionary, line);
        if (!read.ok) expect(read.misfit.expected.length).toBeGreaterThan(0);
        const { from } = complete(smallDictionary, line);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThanOrEqual(line.length);
      }),
      { numRuns: 500 },
    );
  });

  it('loses nothing of a line but the spaces between its words', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const tokens = splitTokens(line, isSpace);
        for (const { text, start, end } of tokens) expect(line.slice(start, end)).toBe(text);
        const between = tokens.map(({ start }, i) => line.slice(tokens[i - 1]?.end ?? 0, start)).join('');
        expect((between + line.slice(tokens.at(-1)?.end ?? 0)).replace(/[ \t]/g, '')).toBe('');
      }),
    );
  });
});
