import { typeText } from '@riffle/columnar';
import { canonicalJson, isRiffleError } from '@riffle/core';
import { Int32, Int64, Null, Utf8, type DataType } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureOf, label, list, media, sourceOf, struct, treatyOf } from './sources.ts';

interface Place {
  readonly type: DataType;
  readonly said?: object | undefined;
}

const leaf: fc.Arbitrary<Place> = fc.oneof(
  fc.record({
    type: fc.constantFrom(new Int64(), new Int32()),
    said: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }).map((names) => label(...names)),
  }),
  fc.record({
    type: fc.constant(media),
    said: fc.constantFrom({ sampling_rate: 8000, _type: 'Audio' }, { _type: 'Audio' }, undefined),
  }),
  fc.record({ type: fc.constant(new Utf8()), said: fc.constantFrom(undefined, { _type: 'Hologram' }) }),
  fc.constant({ type: new Null() }),
);

/** The same nesting for all sources of a case, since other types are another matter. */
const nestings: readonly ((place: Place) => Place)[] = [
  (place) => place,
  ({ type, said }) => ({ type: list(type), said: said && { feature: said, _type: 'List' } }),
  ({ type, said }) => ({ type: list(type), said: said && [said] }),
  ({ type, said }) => ({ type: struct({ n: new Int32(), x: type }), said: said && { x: said } }),
  ({ type, said }) => ({
    type: list(struct({ x: list(type) })),
    said: said && { feature: { x: { feature: said, _type: 'Sequence' } }, _type: 'List' },
  }),
];
const sources = fc
  .tuple(fc.constantFrom(...nestings), fc.array(leaf, { minLength: 1, maxLength: 4 }))
  .map(([nest, leaves]) => leaves.map(nest).map(({ type, said }) => sourceOf(type, said)));

type Sources = readonly ReturnType<typeof sourceOf>[];

/** What was agreed on; undefined where people must decide. */
function agreed(
  all: Sources,
): { readonly feature: unknown; readonly type: string; readonly again: Sources[number] } | undefined {
  try {
    const treaty = treatyOf(all);
    return {
      feature: featureOf(treaty),
      type: typeText(treaty.schema.fields[0]!.type as DataType),
      again: { schema: treaty.schema },
    };
  } catch (error) {
    if (isRiffleError(error) && error.code === 'SCHEMA_CONFLICT') return undefined;
    throw error;
  }
}

/** As text, with the names of labels in the order of the alphabet. */
const orderless = (value: unknown) =>
  canonicalJson(
    JSON.parse(JSON.stringify(value ?? null), (key, inner) =>
      key === 'names' ? (inner as string[]).toSorted((one, other) => (one < other ? -1 : 1)) : inner,
    ),
  );

describe('agreement on features', () => {
  it('is reached once: what was agreed on agrees with itself and with each of its sources', () => {
    fc.assert(
      fc.property(sources, (all) => {
        const once = agreed(all);
        if (once === undefined) return;
        for (const others of [[], [once.again], all]) {
          const twice = agreed([once.again, ...others]);
          expect([twice?.feature, twice?.type]).toEqual([once.feature, once.type]);
        }
      }),
    );
  });

  it('depends on the order of sources in the order of names alone', () => {
    fc.assert(
      fc.property(sources, fc.infiniteStream(fc.nat()), (all, dice) => {
        const shuffled = all
          .map((source) => ({ source, at: dice.next().value }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ source }) => source);
        const [one, other] = [agreed(all), agreed(shuffled)];
        expect([orderless(one?.feature), one?.type]).toEqual([orderless(other?.feature), other?.type]);
      }),
    );
  });
});
