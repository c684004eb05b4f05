import {
  Data,
  DataType,
  Field,
  LargeList,
  List,
  FixedSizeList,
  RecordBatch,
  Schema,
  Struct,
  type Map_,
} from 'apache-arrow';
import { leavesOfField } from './leaves.ts';

/** A schema cut down to some of its leaves, and how to cut a batch down to it. Nothing is copied. */
export interface Projection {
  readonly schema: Schema;
  project(batch: RecordBatch): RecordBatch;
}

interface FieldProjection {
  readonly field: Field;
  readonly project: (data: Data) => Data;
}

/** The same rows, offsets and validity with another type and other children. */
function withChildren(data: Data, type: DataType, children: Data[]): Data {
  return new Data(type, data.offset, data.length, data.nullCount, data.buffers, children);
}

function listLike(type: DataType, child: Field): DataType {
  if (DataType.isFixedSizeList(type)) return new FixedSizeList((type as FixedSizeList).listSize, child);
  return DataType.isLargeList(type) ? new LargeList(child) : new List(child);
}

/**
 * Keeps the leaves whose index (in Parquet's order, below this field) is in `keep`. Definition and repetition levels of a
 * leaf depend only on its ancestors, so a leaf encoded from the projection has the same pages as in the whole.
 * A map that loses its key or its value becomes a list of structs, which has the levels of a map.
 */
function projectField(field: Field, first: number, keep: (leaf: number) => boolean): FieldProjection | undefined {
  const type = field.type as DataType;
  const leaves = leavesOfField(field).map((_, index) => keep(first + index));
  if (!leaves.includes(true)) return undefined;
  if (!leaves.includes(false)) return { field, project: (data) => data };
  const renamed = (newType: DataType) => new Field(field.name, newType, field.nullable);
  if (DataType.isStruct(type)) {
    const kept = projectFields(type.children as Field[], first, keep);
    const newType = new Struct(kept.map(({ projection }) => projection.field));
    return {
      field: renamed(newType),
      project: (data) =>
        withChildren(
          data,
          newType,
          kept.map(({ index, projection }) => projection.project(data.children[index]!)),
        ),
    };
  }
  const child = DataType.isMap(type) ? notNull((type as Map_).children[0] as Field) : (type.children as Field[])[0]!;
  const element = projectField(child, first, keep)!;
  const newType = listLike(type, element.field);
  return {
    field: renamed(newType),
    project: (data) => withChildren(data, newType, [element.project(data.children[0]!)]),
  };
}

/** A map's entries are never null, whatever the schema says. */
function notNull(field: Field): Field {
  return new Field(field.name, field.type, false);
}

function projectFields(fields: readonly Field[], first: number, keep: (leaf: number) => boolean) {
  const kept: { readonly index: number; readonly projection: FieldProjection }[] = [];
  let leaf = first;
  for (const [index, field] of fields.entries()) {
    const projection = projectField(field, leaf, keep);
    if (projection !== undefined) kept.push({ index, projection });
    leaf += leavesOfField(field).length;
  }
  return kept;
}

/** The schema's metadata, and its fields' where a struct is cut, are dropped: they do not reach pages. */
export function projectSchema(schema: Schema, keep: (leaf: number) => boolean): Projection {
  const kept = projectFields(schema.fields, 0, keep);
  const fields = kept.map(({ projection }) => projection.field);
  const type = new Struct(fields);
  const projected = new Schema(fields);
  return {
    schema: projected,
    project(batch) {
      const children = kept.map(({ index, projection }) => projection.project(batch.data.children[index]!));
      return new RecordBatch(projected, new Data(type, 0, batch.numRows, 0, undefined, children));
    },
  };
}
