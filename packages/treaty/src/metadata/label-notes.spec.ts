import { Binary, Field, FixedSizeBinary, List, Null, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeTreaty } from '../make-treaty.ts';

const LABEL = 'PARQUET:logical_type';
const labelled = (name: string, type: DataType, label?: string) =>
  new Field(name, type, true, new Map(label === undefined ? [] : [[LABEL, label]]));
const uuid = (label?: string) => labelled('id', new FixedSizeBinary(16), label);

function treatyOf(fields: readonly Field[], cast: Readonly<Record<string, string>> = {}) {
  const sources = fields.map((field, index) => ({
    collection: `${index}`,
    schema: new Schema([field]),
    file: `${index}/f.parquet`,
  }));
  const { schema, warnings } = makeTreaty(sources, { schema: 'widen', columns: { cast } });
  return { field: schema.fields[0]!, warnings };
}

describe('a label', () => {
  it('that all sources have is kept without a word, also where one has only nulls', () => {
    for (const other of [uuid('UUID'), labelled('id', new Null())]) {
      const { field, warnings } = treatyOf([uuid('UUID'), other]);
      expect([field.metadata.get(LABEL), warnings]).toEqual(['UUID', []]);
    }
  });

  it('that some source does not have is left out, with the names of both files', () => {
    const { field, warnings } = treatyOf([uuid(), uuid('UUID'), uuid('UUID')]);
    expect([...field.metadata]).toEqual([]);
    expect(warnings).toEqual([
      'Column id loses its label UUID of 1/f.parquet, since in 0/f.parquet it is not; its values are kept.',
    ]);
  });

  it('that differs is left out', () => {
    const { warnings } = treatyOf([labelled('a', new Utf8(), 'JSON'), labelled('a', new Utf8(), 'ENUM')]);
    expect(warnings).toEqual([
      'Column a loses its label JSON of 0/f.parquet, since in 1/f.parquet it is ENUM; its values are kept.',
    ]);
  });

  it('below columns is told with its path', () => {
    const nested = (label?: string) =>
      new Field('a', new Struct([new Field('b', new List(labelled('item', new Binary(), label)), true)]), true);
    expect(treatyOf([nested('BSON'), nested()]).warnings).toEqual([
      'Column a.b[] loses its label BSON of 0/f.parquet, since in 1/f.parquet it is not; its values are kept.',
    ]);
    expect(treatyOf([nested('BSON'), nested('BSON')]).warnings).toEqual([]);
  });

  it('that is an extension type of Arrow is told with its parameters, not without end', () => {
    const geometry = (crs: string) =>
      new Field(
        'g',
        new Binary(),
        true,
        new Map([
          ['ARROW:extension:name', 'geoarrow.wkb'],
          ['ARROW:extension:metadata', `{"crs":"${crs}"}`],
        ]),
      );
    const { field, warnings } = treatyOf([geometry('EPSG:4326'), geometry('x'.repeat(1000))]);
    expect([...field.metadata]).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Column g loses its label geoarrow\.wkb \{"crs":"EPSG:4326"\} of 0\/f\.parquet, since in 1\/f\.parquet it is geoarrow\.wkb \{"crs":"x+…; its/,
      ),
    ]);
  });

  it('is gone without a word where the recipe takes the values for something else', () => {
    const { field, warnings } = treatyOf([uuid('UUID'), uuid()], { id: 'fixed_size_binary[16]' });
    expect([[...field.metadata], warnings]).toEqual([[], []]);
  });
});
