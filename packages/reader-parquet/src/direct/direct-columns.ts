import { DataType, type Field, type Schema } from 'apache-arrow';
import type { ColumnChunk, Footer, RowGroup } from '@riffle/codec-parquet';
import { fixedWidth, type ArrowLeaf } from '../arrow-leaves.ts';
import { directCodecs } from './page-body.ts';

/** A column that is decoded past the codec, for which the codec would take many times as long. */
export interface DirectColumn {
  /** Number of its leaf. */
  readonly column: number;
  readonly kind: 'list' | 'bytes';
  /** Fields from the schema's down to the one that is put in place: the list, or the leaf. */
  readonly path: readonly number[];
  /** What every row is defined to in what the codec is given instead. */
  readonly hollowLevel: number;
  /** Of byte strings: whether they must be valid UTF-8. */
  readonly isText: boolean;
  /** Of a list: bytes of a number, and the definition level of an empty one. */
  readonly width: number;
  readonly emptyLevel: number;
}

/** Fewer elements a list, or bytes a value, and the codec is as fast. */
const LEAST_ELEMENTS = 8;
const LEAST_BYTES = 256;
/** Fewer values are not worth another call of the codec. */
const LEAST_VALUES = 4096;
/** Memory is taken for as many values as are declared, so not for more than these bytes; the codec's grows as it finds them. */
const MOST_BYTES = 2 ** 28;
/** Lists that Snappy shrinks more than by this factor hold many short copies, at which the codec is faster: by so much that it outweighs the rest. */
const LARGEST_LIST_RATIO = 2;

/** Arrow fields down to a leaf, if there are only structs and lists on the way. */
function pathTo(fields: readonly Field[], leaf: number): readonly number[] | undefined {
  let first = 0;
  for (const [index, { type }] of fields.entries()) {
    const children = (type as DataType).children ?? [];
    const count = leavesOf(type as DataType);
    if (leaf < first + count) {
      if (children.length === 0) return [index];
      const below = pathTo(children, leaf - first);
      return below === undefined ? undefined : [index, ...below];
    }
    first += count;
  }
  return undefined;
}

function leavesOf(type: DataType): number {
  const children = type.children ?? [];
  return children.length === 0 ? 1 : children.reduce((sum, child) => sum + leavesOf(child.type as DataType), 0);
}

function widthOfNumber({ leaf }: ColumnChunk, { type }: ArrowLeaf): number | undefined {
  const width = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8 }[leaf.element.physicalType ?? ''];
  return (DataType.isInt(type) || DataType.isFloat(type)) && fixedWidth(type) === width ? width : undefined;
}

/** `list` of the specification, at the top: an optional or required group, a repeated group, and the element. */
function asList(
  footer: Footer,
  schema: Schema,
  chunk: ColumnChunk,
  column: number,
  arrow: ArrowLeaf,
  rows: number,
): DirectColumn | undefined {
  const { leaf } = chunk;
  if (leaf.elements.length !== 3 || leaf.maximumRepetitionLevel !== 1 || chunk.values < LEAST_ELEMENTS * rows)
    return undefined;
  const [top, repeated] = leaf.elements.map((index) => footer.schema[index]!);
  const width = widthOfNumber(chunk, arrow);
  const path = pathTo(schema.fields, column);
  if (
    width === undefined ||
    width * chunk.values > MOST_BYTES ||
    path?.length !== 2 ||
    repeated!.repetition !== 'REPEATED'
  )
    return undefined;
  if (top!.children !== 1 || repeated!.children !== 1 || !DataType.isList(schema.fields[path[0]!]!.type))
    return undefined;
  const emptyLevel = top!.repetition === 'OPTIONAL' ? 1 : 0;
  return { column, kind: 'list', path: path.slice(0, 1), hollowLevel: 0, isText: false, width, emptyLevel };
}

/** Byte strings outside lists that may be null, as the codec is given nulls instead. */
function asBytes(
  schema: Schema,
  chunk: ColumnChunk,
  column: number,
  { type }: ArrowLeaf,
  rows: number,
): DirectColumn | undefined {
  const { leaf } = chunk;
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
  const isBytes = DataType.isBinary(type) || DataType.isLargeBinary(type);
  if (leaf.element.physicalType !== 'BYTE_ARRAY' || !(isText || isBytes) || leaf.maximumRepetitionLevel > 0)
    return undefined;
  if (leaf.element.repetition !== 'OPTIONAL' || 4 * rows > MOST_BYTES || chunk.uncompressedBytes < LEAST_BYTES * rows)
    return undefined;
  const path = pathTo(schema.fields, column);
  if (path?.length !== leaf.elements.length) return undefined;
  const hollowLevel = leaf.maximumDefinitionLevel - 1;
  return { column, kind: 'bytes', path, hollowLevel, isText, width: 0, emptyLevel: 0 };
}

/** The columns of a row group that are decoded past the codec: from metadata alone, so whether it can be done turns out later. */
export function directColumns(
  footer: Footer,
  schema: Schema,
  leaves: readonly ArrowLeaf[],
  { chunks, rows }: RowGroup,
): readonly DirectColumn[] {
  return chunks.flatMap((chunk, column) => {
    const ratio = chunk.codec === 'UNCOMPRESSED' ? 1 : chunk.uncompressedBytes / chunk.compressedBytes;
    if (!directCodecs.has(chunk.codec) || chunk.leaf.maximumDefinitionLevel > 255) return [];
    const found =
      (chunk.values >= LEAST_VALUES ? asList(footer, schema, chunk, column, leaves[column]!, rows) : undefined) ??
      asBytes(schema, chunk, column, leaves[column]!, rows);
    return found !== undefined && (found.kind === 'bytes' || ratio <= LARGEST_LIST_RATIO) ? [found] : [];
  });
}
