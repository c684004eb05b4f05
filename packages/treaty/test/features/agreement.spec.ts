import { typeText } from '@riffle/columnar';
import { Binary, Float64, Int16, Int32, Int64, LargeUtf8, Null, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { conversionsOf, featureOf, label, list, media, sourceOf, struct, treatyOf } from './sources.ts';

const typeOf = ({ schema }: ReturnType<typeof treatyOf>) => typeText(schema.fields[0]!.type as DataType);
const audio = (parameters: object = {}) => ({ ...parameters, _type: 'Audio' });
const int32 = { dtype: 'int32', _type: 'Value' };

describe('a column of nulls in one source', () => {
  it('loses nothing of what others say within lists and structs', () => {
    const labels = { feature: label('x', 'y'), _type: 'List' };
    expect(featureOf(treatyOf([sourceOf(list(new Int64()), labels), sourceOf(new Null())]))).toEqual(labels);
    const nested = { l: label('x'), m: audio() };
    const type = struct({ l: new Int64(), m: media });
    expect(featureOf(treatyOf([sourceOf(new Null()), sourceOf(type, nested)]))).toEqual(nested);
  });

  it('has no labels to convert, though it declares them', () => {
    const sources = [sourceOf(new Int64(), label('x', 'y')), sourceOf(new Null(), label('y', 'x'))];
    expect(conversionsOf(treatyOf(sources))).toEqual([{ kind: 'keep' }, { kind: 'null' }]);
    expect(conversionsOf(treatyOf(sources, { cast: { a: 'string' } }))).toEqual([
      { kind: 'label-names', names: ['x', 'y'] },
      { kind: 'null' },
    ]);
  });
});

describe('a feature that cannot be what is stored, as metadata that outlived its column', () => {
  it.each([
    ['a ClassLabel of text', new Utf8(), label('x', 'y'), 'string'],
    ['a ClassLabel of floats', new Float64(), label('x', 'y'), 'float64'],
    ['a ClassLabel with a name twice', new Int64(), label('x', 'x'), 'int64'],
    ['a ClassLabel without anything', new Int64(), { _type: 'ClassLabel' }, 'int64'],
    ['Audio of text', new Utf8(), audio(), 'string'],
    [
      'Audio with more fields',
      struct({ bytes: new Binary(), path: new Utf8(), rate: new Int32() }),
      audio(),
      'struct<bytes: binary, path: string, rate: int32>',
    ],
    [
      'a Translation with more fields',
      struct({ de: new Utf8(), note: new Utf8() }),
      { languages: ['de'], _type: 'Translation' },
      'struct<de: string, note: string>',
    ],
    [
      'an Array3D of fewer levels',
      list(new Int32()),
      { shape: [1, 2, 3], dtype: 'int32', _type: 'Array3D' },
      'list<int32>',
    ],
    ['Json of numbers', new Int32(), { _type: 'Json' }, 'int32'],
  ])('%s: is told, and the values stay', (_name, type, feature, text) => {
    const treaty = treatyOf([sourceOf(type, feature)]);
    expect([typeOf(treaty), conversionsOf(treaty)]).toEqual([text, [{ kind: 'keep' }]]);
    expect(treaty.warnings).toEqual([expect.stringMatching(/^Column a: c0 says that it is .* it is taken for /)]);
    expect(JSON.stringify(featureOf(treaty))).not.toContain(feature._type);
  });

  it('is no reason to renumber text, but to ask', () => {
    const sources = [sourceOf(new Int64(), label('x', 'y')), sourceOf(new Utf8(), label('y', 'x'))];
    expect(() => treatyOf(sources)).toThrow(/cast: \{ a: string \}.*text/);
    expect(conversionsOf(treatyOf(sources, { features: { a: label('x', 'y') as never } }))).toEqual([
      { kind: 'keep' },
      { kind: 'label-numbers', names: ['x', 'y'] },
    ]);
  });
});

describe('labels', () => {
  it('become names wherever a cast makes them text, also by the type of what holds them', () => {
    const type = list(struct({ l: new Int16(), n: new Int32() }));
    const feature = { feature: { l: label('x', 'y'), n: int32 }, _type: 'List' };
    const treaty = treatyOf([sourceOf(type, feature)], { cast: { a: 'list<struct<l: string, n: string>>' } });
    expect(conversionsOf(treaty)).toMatchObject([
      {
        element: {
          fields: [{ conversion: { kind: 'label-names', names: ['x', 'y'] } }, { conversion: { kind: 'text' } }],
        },
      },
    ]);
  });

  it.each([
    [struct({ b: new Int32() }), ['drop: [a]']],
    [new Float64(), ['cast: { a: int64 }', 'drop: [a]']],
  ])('beside what can be none have only lines that can be carried out: %s', (type, lines) => {
    const sources = [sourceOf(new Int64(), label('x')), sourceOf(new Int64()), sourceOf(type)];
    expect(() => treatyOf(sources)).toThrow(
      expect.objectContaining({
        code: 'SCHEMA_CONFLICT',
        details: expect.objectContaining({
          conflicts: [expect.objectContaining({ lines: lines.map((line) => expect.objectContaining({ line })) })],
        }),
      }),
    );
    expect(() => treatyOf(sources, { features: { a: label('x') as never } })).toThrow(/Only integers and text/);
  });
});

describe('media', () => {
  it.each(['Audio', 'Image', 'Video', 'Pdf', 'Nifti', 'Mesh', 'BioSequence', 'BioStructure'])(
    '%s is stored as datasets does, whatever order and widths the sources have',
    (_type) => {
      const other = struct({ path: new LargeUtf8(), bytes: new Binary() });
      const treaty = treatyOf([sourceOf(other, { _type }), sourceOf(struct({ bytes: new Binary() }), { _type })]);
      expect([typeOf(treaty), featureOf(treaty)]).toEqual(['struct<bytes: binary, path: string>', { _type }]);
    },
  );

  it('of two kinds are asked about with a line for each kind', () => {
    expect(() => treatyOf([sourceOf(media, audio()), sourceOf(media, { mode: 'RGB', _type: 'Image' })])).toThrow(
      /features: \{ a: \{"_type":"Audio"\} \} \} .*\n.*features: \{ a: \{"mode":"RGB","_type":"Image"\} \} .*\n.*drop/,
    );
    expect(() => treatyOf([sourceOf(media, { _type: 'Hologram' }), sourceOf(media, audio())])).toThrow(/Hologram/);
  });

  it('that differ in two parameters say both of each line', () => {
    const sources = [
      sourceOf(media, audio({ sampling_rate: 8000 })),
      sourceOf(media, audio({ sampling_rate: 9000, decode: false })),
    ];
    expect(() => treatyOf(sources)).toThrow(/9000 Hz .*say decode false of all\n.*8000 Hz .*say nothing of decode/);
    expect(() => treatyOf(sources)).toThrow(/or features: \{ a: \{"_type":"Audio"\} \}/);
  });

  it('are the same with and without defaults written down', () => {
    const older = audio({ sampling_rate: 8000, mono: true, decode: true, id: null });
    expect(featureOf(treatyOf([sourceOf(media, audio({ sampling_rate: 8000 })), sourceOf(media, older)]))).toEqual(
      audio({ sampling_rate: 8000 }),
    );
  });
});

describe('arrays and features of which nothing is known', () => {
  const type = list(list(new Int32()));
  const array = { shape: [2, 2], dtype: 'int32', _type: 'Array2D' };

  it('are the same whatever older versions write beside them', () => {
    expect(featureOf(treatyOf([sourceOf(type, array), sourceOf(type, { ...array, id: null })]))).toEqual(array);
  });

  it('arrays beside lists are lists, which is told', () => {
    const treaty = treatyOf([sourceOf(type, array), sourceOf(type)]);
    expect([typeOf(treaty), JSON.stringify(featureOf(treaty))]).toEqual([
      'list<list<int32>>',
      expect.not.stringContaining('Array2D'),
    ]);
    expect(treaty.warnings).toEqual([expect.stringMatching(/c1 does not say so; all are taken for lists/)]);
    expect(() => treatyOf([sourceOf(type, array), sourceOf(type, { ...array, shape: [1, 4] })])).toThrow(/Array2D/);
  });

  it('Json beside text that nobody calls Json is asked about', () => {
    expect(() => treatyOf([sourceOf(new Utf8(), { _type: 'Json' }), sourceOf(new Utf8())])).toThrow(
      /Column a is Json in c0\/f and string in c1\/f/,
    );
  });

  it('a Translation beside text is asked about', () => {
    const translation = { languages: ['de'], _type: 'Translation' };
    expect(() => treatyOf([sourceOf(struct({ de: new Utf8() }), translation), sourceOf(new Utf8())])).toThrow(
      expect.objectContaining({ code: 'SCHEMA_CONFLICT' }),
    );
  });
});
