import { canonicalJson } from '@riffle/core';
import { Int32, Int64, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import {
  field,
  list,
  struct,
  schemaOf,
  sourcesOf,
  rules,
  treatyOf,
  columnsOf,
  huggingface,
  featuresOf,
  label,
  audio,
  media,
} from '../test/make-schemas.ts';
import { makeTreaty } from './make-treaty.ts';

describe('Hugging Face features', () => {
  const labels = (feature: object) => schemaOf({ l: new Int64() }, huggingface({ l: feature }));

  it('that all declare alike are kept as they are, and the columns are nullable, as datasets wants', () => {
    const features = { l: label('a', 'b'), s: { feature: { dtype: 'int32', _type: 'Value' }, _type: 'Sequence' } };
    const one = new Schema(
      [field('l', new Int64(), false), field('s', list(new Int32()))],
      new Map(Object.entries(huggingface(features))),
    );
    const treaty = makeTreaty(sourcesOf(one, one), rules());
    expect(canonicalJson(featuresOf(treaty))).toBe(canonicalJson(features));
    expect(treaty.schema.fields[0]!.nullable).toBe(true);
    expect(treaty.warnings).toEqual([]);
  });

  it('are not made up where nobody declares any', () => {
    expect(treatyOf([schemaOf({ a: new Int32() })]).schema.metadata.has('huggingface')).toBe(false);
  });

  it('of labels in another order renumber them, and new names are added', () => {
    const treaty = treatyOf([labels(label('a', 'b')), labels(label('b', 'a')), labels(label('a', 'c'))]);
    expect(featuresOf(treaty)).toEqual({ l: label('a', 'b', 'c') });
    const maps = treaty.conversionOf.map((number) => treaty.conversions[number]![0]!.conversion);
    // The first stays as it is, but its 2 must not become the c that another brings.
    expect(maps).toEqual([
      { kind: 'labels', map: [0, 1] },
      { kind: 'labels', map: [1, 0] },
      { kind: 'labels', map: [0, 2] },
    ]);
    expect(treaty.warnings).toHaveLength(3);
  });

  it('of labels beside plain numbers or text ask what they are', () => {
    const plain = schemaOf({ l: new Int32() });
    expect(() => treatyOf([labels(label('a', 'b')), plain])).toThrow(
      /columns: \{ features: \{ l: \{"_type":"ClassLabel","names":\["a","b"\]\} \} \}/,
    );
    const decided = treatyOf([labels(label('a', 'b')), plain], { features: { l: label('a', 'b') } });
    expect(decided.conversions[decided.conversionOf[1]!]![0]!.conversion).toEqual({ kind: 'labels', map: [0, 1] });
    const text = schemaOf({ l: new Utf8() });
    expect(() => treatyOf([labels(label('a', 'b')), text])).toThrow(/columns: \{ cast: \{ l: string \} \}/);
    const named = treatyOf([labels(label('a', 'b')), text], { cast: { l: 'string' } });
    expect(named.conversions[named.conversionOf[0]!]![0]!.conversion).toEqual({
      kind: 'label-names',
      names: ['a', 'b'],
    });
    const numbered = treatyOf([labels(label('a', 'b')), text], { features: { l: label('a', 'b') } });
    expect(numbered.conversions[numbered.conversionOf[1]!]![0]!.conversion).toEqual({
      kind: 'label-numbers',
      names: ['a', 'b'],
    });
  });

  it('work at every depth', () => {
    const nested = (...own: string[]) =>
      schemaOf(
        { t: list(struct({ l: new Int64(), x: new Utf8() })) },
        huggingface({ t: { feature: { l: label(...own), x: { dtype: 'string', _type: 'Value' } }, _type: 'List' } }),
      );
    const treaty = treatyOf([nested('a', 'b'), nested('b', 'a')]);
    expect(treaty.conversions[treaty.conversionOf[1]!]![0]!.conversion).toMatchObject({
      kind: 'list',
      element: { kind: 'struct', fields: [{ conversion: { kind: 'labels', map: [1, 0] } }, {}] },
    });
    expect(treaty.rules.features).toEqual({ 't[].l': label('a', 'b') });
  });

  it('of audio at different rates ask for a decision; who says nothing follows', () => {
    const sound = (feature?: object) =>
      schemaOf({ a: media }, feature === undefined ? {} : huggingface({ a: feature }));
    expect(() => treatyOf([sound(audio(16_000)), sound(audio(24_000))])).toThrow(
      /columns: \{ features: \{ a: \{"sampling_rate":24000,"_type":"Audio"\} \} \}   # let all be resampled to 24000 Hz/,
    );
    const decided = treatyOf([sound(audio(16_000)), sound(audio(24_000))], { features: { a: audio() } });
    expect(featuresOf(decided)).toEqual({ a: audio() });
    const silent = treatyOf([sound(audio(16_000)), sound()]);
    expect(featuresOf(silent)).toEqual({ a: audio(16_000) });
    expect(silent.warnings).toEqual([expect.stringContaining('two does not say')]);
  });

  it('of audio beside text or bytes are a conflict, not a mistake of the recipe', () => {
    const sound = schemaOf({ a: media }, huggingface({ a: audio(16_000) }));
    for (const other of [new Utf8(), new Int32()])
      expect(() => treatyOf([sound, schemaOf({ a: other })])).toThrow(
        expect.objectContaining({ code: 'SCHEMA_CONFLICT' }),
      );
  });

  it('that are unknown are kept if they are the same, and else refused', () => {
    const unknown = (n: number) => schemaOf({ a: new Utf8() }, huggingface({ a: { n, _type: 'Hologram' } }));
    expect(featuresOf(treatyOf([unknown(1), unknown(1)]))).toEqual({ a: { n: 1, _type: 'Hologram' } });
    expect(() => treatyOf([unknown(1), unknown(2)])).toThrow(/Hologram\(n=1\)/);
  });

  it.each(['{"info":{"features":[]}}', 'no JSON', '{"info":5}', '[]'])(
    'that make no sense are taken for none: %s',
    (text) => {
      const { schema, warnings } = treatyOf([schemaOf({ a: new Int32() }, { huggingface: text })]);
      expect(warnings).toEqual([expect.stringContaining('Hugging Face features')]);
      expect(columnsOf({ schema })).toEqual(['a int32']);
      expect(schema.metadata.has('huggingface')).toBe(false);
    },
  );

  it('of translations unite their languages', () => {
    const translation = (...languages: string[]) =>
      schemaOf(
        { t: struct(Object.fromEntries(languages.map((l) => [l, new Utf8()]))) },
        huggingface({ t: { languages, _type: 'Translation' } }),
      );
    const treaty = treatyOf([translation('de', 'fr'), translation('en', 'fr')]);
    expect(columnsOf(treaty)).toEqual(['t struct<de: string, en: string, fr: string>']);
    expect(featuresOf(treaty)).toEqual({ t: { languages: ['de', 'fr', 'en'], _type: 'Translation' } });
  });
});
