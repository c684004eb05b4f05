import { schemaToBytes } from '@riffle/columnar';
import type { Manifest } from '@riffle/core';
import { Field, Int64, Map_, Schema, Struct, Utf8 } from 'apache-arrow';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderCard } from '../src/index.ts';
import { makeManifest } from './support/make-manifest.ts';

/** The front matter as Python's readers cut it out, parsed, and the text below. */
function parts(card: string): { readonly data: Record<string, never>; readonly text: string } {
  // oxlint-disable-next-line no-control-regex -- where Python's splitlines cuts
  const lines = card.split(/\r\n|[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/);
  expect(lines[0]).toBe('---');
  const end = lines.indexOf('---', 1);
  return {
    data: parse(lines.slice(1, end).join('\n'), { version: '1.1' }) as Record<string, never>,
    text: lines.slice(end + 1).join('\n'),
  };
}

function withSchema(manifest: Manifest, schema: Schema): Manifest {
  return { ...manifest, plan: { ...manifest.plan, treaty: Buffer.from(schemaToBytes(schema)).toString('base64') } };
}

describe('the dataset card', () => {
  it('tells a reader where the rows are, what they are, and how many', () => {
    const { data, text } = parts(renderCard(makeManifest()));
    expect(data).toEqual({
      configs: [{ config_name: 'default', data_files: [{ split: 'train', path: '*.parquet' }] }],
      dataset_info: {
        features: [
          { name: 'column 0', dtype: 'string' },
          { name: 'column 1', dtype: 'int64' },
          { name: 'column 2', list: 'int32' },
          { name: 'column 3', dtype: 'string' },
        ],
        splits: [{ name: 'train', num_bytes: expect.any(Number), num_examples: 24_000 }],
        download_size: expect.any(Number),
        dataset_size: expect.any(Number),
      },
      size_categories: ['10K<n<100K'],
      tags: ['riffle'],
    });
    expect(text).toContain(
      '24,000 rows from 5 collections, in one global random order, in 24 files of 1,000 rows each',
    );
    expect(text).toContain('--shards 24 \\\n  --seed 42 \\');
  });

  it('holds nothing that differs from run to run', () => {
    const manifest = makeManifest();
    const other = { ...manifest, run: { ...makeManifest({ spilled: true }).run, host: 'other', seconds: 1 } };
    expect(renderCard(other)).toBe(renderCard(manifest));
    expect(renderCard(manifest)).not.toMatch(/\/data\/|2026-/);
  });

  it.each([
    [999, 'n<1K'],
    [1000, '1K<n<10K'],
    [999_999, '100K<n<1M'],
    [1e12, 'n>1T'],
  ])('puts %d rows into %s', (rows, category) => {
    const manifest = makeManifest();
    expect(parts(renderCard({ ...manifest, plan: { ...manifest.plan, rows } })).data).toMatchObject({
      size_categories: [category],
    });
  });

  it('spells features as datasets does', () => {
    const features = {
      label: { names: ['no', 'yes'], _type: 'ClassLabel' },
      audio: { sampling_rate: 16_000, _type: 'Audio' },
      image: { _type: 'Image' },
      nested: { a: { dtype: 'int32', _type: 'Value' }, b: [{ dtype: 'string', _type: 'Value' }] },
      rows: { feature: { x: { names: ['p'], _type: 'ClassLabel' } }, _type: 'List' },
      three: { feature: { dtype: 'float32', _type: 'Value' }, length: 3, _type: 'List' },
      older: { feature: { x: { dtype: 'int8', _type: 'Value' } }, _type: 'Sequence' },
      matrix: { shape: [2, 3], dtype: 'int32', _type: 'Array2D' },
      long: { feature: { sampling_rate: null, _type: 'Audio' }, _type: 'LargeList' },
    };
    const fields = Object.keys(features).map((name) => new Field(name, new Int64()));
    const schema = new Schema(fields, new Map([['huggingface', JSON.stringify({ info: { features } })]]));
    expect(parts(renderCard(withSchema(makeManifest(), schema))).data).toMatchObject({
      dataset_info: {
        features: [
          { name: 'label', dtype: { class_label: { names: { '0': 'no', '1': 'yes' } } } },
          { name: 'audio', dtype: { audio: { sampling_rate: 16_000 } } },
          { name: 'image', dtype: 'image' },
          {
            name: 'nested',
            struct: [
              { name: 'a', dtype: 'int32' },
              { name: 'b', list: 'string' },
            ],
          },
          { name: 'rows', list: [{ name: 'x', dtype: { class_label: { names: { '0': 'p' } } } }] },
          { name: 'three', sequence: 'float32', length: 3 },
          { name: 'older', struct: [{ name: 'x', list: 'int8' }] },
          { name: 'matrix', dtype: { array2_d: { shape: [2, 3], dtype: 'int32' } } },
          { name: 'long', large_list: 'audio' },
        ],
      },
    });
  });

  it('leaves features to the files where a column has none', () => {
    const map = new Map_(
      new Field(
        'entries',
        new Struct<{ key: Utf8; value: Int64 }>([
          new Field('key', new Utf8()),
          new Field<never>('value', new Int64() as never),
        ]),
        false,
      ),
    );
    const { data } = parts(
      renderCard(withSchema(makeManifest(), new Schema([new Field('id', new Int64()), new Field('map', map)]))),
    );
    expect(data['dataset_info']).not.toHaveProperty('features');
    expect(
      parts(renderCard({ ...makeManifest(), plan: { ...makeManifest().plan, treaty: 'AAAA' } })).data['dataset_info'],
    ).not.toHaveProperty('features');
  });
});

describe('names that anybody may have chosen', () => {
  const named = (text: string) => makeManifest({ collections: 2, columns: 2, text });
  const namesIn = (text: string) => {
    const { features } = parts(renderCard(named(text))).data['dataset_info'] as unknown as {
      features: { name: string }[];
    };
    return features.map(({ name }) => name);
  };
  const expected = (text: string) => [`column 0${text}`, `column 1${text}`];

  it.each([
    '\n---\n',
    '\u2028---\u2028',
    '\u0085',
    '"\'',
    ': - #',
    '\ttab',
    'yes',
    '\u0000\u009b',
    '\ufeff',
    '\\u0041',
  ])('stay what they are in YAML: %j', (text) => {
    expect(namesIn(text)).toEqual(expected(text));
  });

  it.each(['<script>x</script>', '| a | b |', '```', '[x](http://example.org)', '\n# head', '$x$'])(
    'are no markup of the text: %j',
    (text) => {
      const below = parts(renderCard(named(text))).text.replace(/^(`{3,})[^]*?^\1$/gm, '');
      expect(below).not.toMatch(/<script|^# head|(?<!\\)\[x\]|(?<!\\)\$x/m);
      expect(below.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(3);
      for (const line of below.split('\n').filter((line) => line.startsWith('| ')))
        expect(line.match(/(?<!\\)\|/g)).toHaveLength(5);
    },
  );

  it('stay what they are in YAML, whatever they are', () => {
    for (const unit of ['grapheme', 'binary-ascii'] as const)
      fc.assert(
        fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
          expect(namesIn(text)).toEqual(expected(text));
        }),
        { numRuns: 200 },
      );
  });
});
