import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@riffle/testkit';
import { isBadContent } from '@riffle/core';
import {
  Field,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  type Data,
  type DataType,
} from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lattice, type LatticeType } from '../../test/convert/lattice.ts';
import { bytesOf, logicalOf, logicalText } from '../../test/convert/logical-values.ts';
import { knownDifferences } from '../../test/convert/pyarrow-differences.ts';
import { findPyarrow, isPyarrowRequired, runCasts } from '../../test/convert/pyarrow-process.ts';
import { encodeValues } from '../../test/encode-values.ts';
import { valueAt } from '../../test/value-tree.ts';
import { columnFromData } from '../column-from-data.ts';
import { makeColumn, type Column } from '../column.ts';
import { dataFromColumn } from '../data-from-column.ts';
import { castTo } from '../lattice/cast-to.ts';
import { sliceColumn } from '../slice-batch.ts';
import { convertColumn } from './convert-column.ts';
import type { Conversion } from './conversion.ts';

const pyarrow = findPyarrow();
const targets = lattice.filter(({ name }) => !name.startsWith('dictionary'));
const targetsOf = (source: LatticeType) => targets.filter(({ type }) => castTo(source.type, type) !== undefined);
const refused = 'refused';

const sources = lattice.map((entry) => {
  const values = entry.values.map((value) => bytesOf(entry.type, value));
  return { ...entry, data: encodeValues(entry.type, values, seededRandom(1)) };
});

function writeTable(path: string, data: readonly { readonly name: string; readonly data: Data }[]): void {
  const schema = new Schema(data.map((column) => new Field(column.name, column.data.type, true)));
  const children = data.map((column) => column.data);
  const length = children[0]!.length;
  const struct = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
  writeFileSync(path, tableToIPC(new Table(new RecordBatch(schema, struct)), 'file'));
}

/** A value converted alone, as text; `refused` if it was. */
function converted(column: Column, target: DataType, conversion: Conversion): string {
  try {
    const data = dataFromColumn(convertColumn(column, 1, target, conversion));
    return logicalText(logicalOf(data.type, valueAt(data, 0)));
  } catch (error) {
    if (!isBadContent(error)) throw error;
    return refused;
  }
}

/** The same in a struct in a list, where it must fare the same. */
function convertedInside(column: Column, target: DataType, conversion: Conversion): string {
  const around = (type: DataType) => new List(new Field('item', new Struct([new Field('a', type, true)]), true));
  const struct = makeColumn({
    type: around(column.type).children[0]!.type,
    layout: { kind: 'struct' },
    length: 1,
    children: [column],
  });
  const list = makeColumn({
    type: around(column.type),
    layout: { kind: 'list', large: false },
    length: 1,
    offsets: Int32Array.of(0, 1),
    children: [struct],
  });
  const text = converted(list, around(target), {
    kind: 'list',
    element: { kind: 'struct', fields: [{ source: 0, conversion }] },
  });
  return text === refused ? refused : text.slice(2, -2);
}

// Without Python this is the visible line: a skipped suite of this name.
describe.skipIf(pyarrow === undefined && !isPyarrowRequired)('every pair of types, against pyarrow', () => {
  let folder: string;
  const seen = new Set<string>();

  beforeAll(() => {
    if (pyarrow === undefined)
      throw new Error('There is no Python with pyarrow: node tools/consumers/install-python.mjs');
    folder = mkdtempSync(join(tmpdir(), 'riffle-pyarrow-'));
    sources.forEach(({ data }, index) => writeTable(join(folder, `${index}.arrow`), [{ name: 'value', data }]));
    writeTable(
      join(folder, 'targets.arrow'),
      targets.map(({ name, type }) => ({ name, data: encodeValues(type, [], seededRandom(1)) })),
    );
    const plan = sources.map((source) => targetsOf(source).map(({ name }) => name));
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    runCasts(pyarrow, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(sources.map((source, index) => [source.name, source, index] as const))('from %s', (name, source, index) => {
    const table = tableFromIPC(readFileSync(join(folder, `${index}.out.arrow`)));
    const column = columnFromData(source.data);
    const wrong: string[] = [];
    for (const target of targetsOf(source)) {
      const conversion = castTo(source.type, target.type)!;
      const theirs = table.getChild(target.name)?.data[0];
      const accepted = table.getChild(`ok ${target.name}`);
      source.values.forEach((value, row) => {
        const slice = sliceColumn(column, row, row + 1);
        const ours = converted(slice, target.type, conversion);
        const inside = convertedInside(slice, target.type, conversion);
        const other =
          accepted?.get(row) === true ? logicalText(logicalOf(target.type, valueAt(theirs!, row))) : refused;
        const difference = knownDifferences.find((known) =>
          known.applies({ from: source.type, to: target.type, value, ours, theirs: other }),
        );
        if (ours !== other && difference !== undefined) seen.add(difference.title);
        if (inside !== ours || (ours !== other && difference === undefined))
          wrong.push(`${name} → ${target.name} of ${logicalText(value)}: ${ours}, inside ${inside}, pyarrow ${other}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  it('differs from pyarrow in all the ways that the table names', () => {
    expect([...seen].toSorted()).toEqual(knownDifferences.map(({ title }) => title).toSorted());
  });
});
