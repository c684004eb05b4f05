import {
  Binary,
  BinaryView,
  DataType,
  Dictionary,
  Field,
  FixedSizeList,
  Int16,
  Int32,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  makeData,
  Map_,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  Utf8View,
  type Data,
  type FixedSizeBinary,
} from 'apache-arrow';
import type { Random } from '@riffle/testkit';
import { batchOfColumns } from '../src/batch.ts';
import type { ColumnBatch } from '../src/column.ts';
import { encodeValues } from './encode-values.ts';
import { valueAt, type Value } from './value-tree.ts';

/** The same rows in another Arrow layout: other types of the same kind, other values behind nulls, cut out of longer arrays. */
export function otherBatch(batch: RecordBatch, random: Random): RecordBatch {
  const children = batch.data.children.map((data) => inOtherLayout(data, random));
  const schema = new Schema(
    batch.schema.fields.map((field, index) => new Field(field.name, children[index]!.type, true)),
  );
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: batch.numRows, nullCount: 0, children }),
  );
}

/** The rows of columns, in exactly the types of `schema` (no dictionaries, no views), with other memory around and behind them. */
export function encodePlainBatch(schema: Schema, columns: ColumnBatch, random: Random): RecordBatch {
  const batch = batchOfColumns(schema, columns);
  const children = schema.fields.map((field, index) =>
    encodeValues(field.type, valuesOf(batch.data.children[index]!), random),
  );
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: columns.rows, nullCount: 0, children }),
  );
}

function valuesOf(data: Data): Value[] {
  return Array.from({ length: data.length }, (_, row) => valueAt(data, row));
}

function inOtherLayout(data: Data, random: Random): Data {
  return encodeValues(otherType(data.type, random), valuesOf(data), random);
}

/** A type whose values are logically the same. */
function otherType(type: DataType, random: Random): DataType {
  if (DataType.isDictionary(type)) return otherType(type.dictionary as DataType, random);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) {
    return random.pick([
      () => new Utf8(),
      () => new LargeUtf8(),
      () => new Utf8View(),
      () => new Dictionary(new Utf8(), new Int16()),
    ])();
  }
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type)) {
    return random.pick([
      () => new Binary(),
      () => new LargeBinary(),
      () => new BinaryView(),
      () => new Dictionary(new LargeBinary(), new Int32()),
    ])();
  }
  if (DataType.isFixedSizeBinary(type)) {
    const same = type as FixedSizeBinary;
    return random.pick([() => same, () => new Binary(), () => new Dictionary(same, new Int16())])();
  }
  const children = ((type.children ?? []) as Field[]).map(
    (field) => new Field(field.name, otherType(field.type as DataType, random), true),
  );
  if (DataType.isStruct(type)) return new Struct(children);
  if (DataType.isFixedSizeList(type)) {
    return random.pick([
      () => new List(children[0]!),
      () => new LargeList(children[0]!),
      () => new FixedSizeList(type.listSize, children[0]!),
    ])();
  }
  if (DataType.isList(type) || DataType.isLargeList(type))
    return random.pick([() => new List(children[0]!), () => new LargeList(children[0]!)])();
  if (DataType.isMap(type)) return random.pick([() => new List(children[0]!), () => new Map_(children[0] as never)])();
  return DataType.isNull(type) || random.chance(0.7) ? type : new Dictionary(type, new Int32());
}
