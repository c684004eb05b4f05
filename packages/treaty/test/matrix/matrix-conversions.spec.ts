import { readFileSync } from 'node:fs';
import {
  batchOfColumns,
  columnsOfBatch,
  convertBatch,
  plainField,
  takeBatch,
  typeText,
  type ColumnConversion,
} from '@riffle/columnar';
import { isBadContent } from '@riffle/core';
import { rowsOf, type CanonicalValue } from '@riffle/testkit';
import {
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableFromIPC,
  type Data,
  type Table,
  type DataType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { catalogue, pairs } from './catalogue.ts';
import { flat, listOfStructs, shapes, type Shape } from './shapes.ts';
import { treatyOrConflict } from './treaty-of.ts';

/** A conversion that some pair leads to: `one` beside `other`, of which it is the first's. */
interface Step {
  readonly title: string;
  readonly one: string;
  readonly other: string;
  readonly target: string;
}

const steps = new Map<string, Step>();
for (const [one, other] of pairs) {
  const treaty = treatyOrConflict(catalogue.get(one)!(), catalogue.get(other)!());
  if (typeof treaty === 'string') continue;
  const target = typeText(treaty.schema.fields[0]!.type as DataType);
  const title = `${one} -> ${target}`;
  if (!steps.has(title)) steps.set(title, { title, one, other, target });
}

/** The columns of a file that `pyarrow-casts.py` wrote; read late, since it needs `conversions.txt` first. */
function fixture(name: string): (column: string) => Data {
  let table: Table | undefined;
  return (column) => {
    table ??= tableFromIPC(readFileSync(new URL(name, import.meta.url)));
    const data = table.getChild(column)?.data[0];
    if (data === undefined) throw new Error(`${name} has no column "${column}": run pyarrow-casts.py`);
    return data;
  };
}

const sources = fixture('sources.arrow');
const casts = fixture('casts.arrow');

function batchOf(data: Data): RecordBatch {
  const schema = new Schema([new Field('c', data.type as DataType, true)]);
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: data.length, nullCount: 0, children: [data] }),
  );
}

const valuesOf = (data: Data): CanonicalValue[] => rowsOf(batchOf(data)).map((row) => row['c']!);

/** Some rows, with dictionaries resolved: the shapes put them around their values as a reader's slice would come. */
function rowsFrom(data: Data, rows: readonly number[]): Data {
  const batch = batchOf(data);
  const schema = new Schema(batch.schema.fields.map(plainField));
  const taken = takeBatch([columnsOfBatch(batch)], { which: undefined, rows: Uint32Array.from(rows) }, 0, rows.length);
  return batchOfColumns(schema, taken).data.children[0]!;
}

function converted({ one, other }: Step, shape: Shape, rows: Data, firstRow = 0): CanonicalValue[] {
  const treaty = treatyOrConflict(shape.type(catalogue.get(one)!()), shape.type(catalogue.get(other)!()));
  if (typeof treaty === 'string') throw new Error(treaty);
  const conversions: readonly ColumnConversion[] = treaty.conversions[treaty.conversionOf[0]!]!;
  const schema = new Schema([treaty.schema.fields[0]!]);
  const batch = columnsOfBatch(batchOf(shape.data(rows)));
  return rowsOf(batchOfColumns(schema, convertBatch(batch, schema, [conversions[0]!], firstRow))).map(
    (row) => row['c']!,
  );
}

/** Where, or undefined if nothing was refused. */
function refusal(step: Step, shape: Shape, row: Data): unknown {
  try {
    converted(step, shape, row, 2 ** 33);
  } catch (error) {
    if (isBadContent(error)) return { code: error.code, column: error.details['column'], row: error.details['row'] };
    throw error;
  }
  return undefined;
}

describe('the conversions of every two types', () => {
  let refused = 0;

  it('are those that pyarrow was asked about', async () => {
    await expect(`${[...steps.keys()].join('\n')}\n`).toMatchFileSnapshot('conversions.txt');
  });

  it.each([...steps.values()].map((step) => [step.title, step] as const))('%s', (title, step) => {
    const source = sources(step.one);
    const [before, after] = [valuesOf(source), valuesOf(casts(title))];
    const isRefused = (row: number) => after[row] === null && before[row] !== null;
    const rows = before.map((_, row) => row);
    const accepted = rows.filter((row) => !isRefused(row));
    const expected = accepted.map((row) => after[row]!);
    const data = rowsFrom(source, accepted);
    for (const shape of shapes)
      expect([shape.name, converted(step, shape, data)]).toEqual([shape.name, shape.values(expected)]);
    for (const row of rows.filter(isRefused)) {
      const one = rowsFrom(source, [row]);
      for (const shape of [flat, listOfStructs])
        expect([before[row], refusal(step, shape, one)]).toEqual([
          before[row],
          { code: 'UNSUPPORTED_CONTENT', column: shape.path, row: 2 ** 33 },
        ]);
      refused++;
    }
  });

  it('refuse what pyarrow refuses', () => {
    expect(refused).toBeGreaterThan(50);
  });
});
