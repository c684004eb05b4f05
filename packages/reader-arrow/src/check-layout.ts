import { BadContentError } from '@riffle/core';
import { layoutOf, type Layout } from '@riffle/columnar';
import { DataType, type Dictionary, type Field } from 'apache-arrow';
import type { RecordBatch } from 'apache-arrow/ipc/metadata/message';
import { bufferSizes } from './buffer-sizes.ts';

/** So many values may take no bytes: they are nulls of the null type, or have no parts. */
const FREE_VALUES = 2 ** 20;

/** What the layout of a batch is compared with. */
export interface LayoutExpectation {
  readonly fields: readonly Pick<Field, 'name' | 'type'>[];
  /** That the batch has by its place in the file. */
  readonly rows: number;
  /** Bytes that its compressed buffers may have together. */
  readonly mostBytes: number;
}

type PlainLayout = Exclude<Layout, { kind: 'dictionary' }>;

const damaged = (column: string, what: string) =>
  new BadContentError(`Column ${column} is damaged: ${what}.`, { kind: 'counts', column });

/** Where a dictionary stands, there are its indices. */
function plainLayout(type: DataType): PlainLayout {
  const layout = layoutOf(type);
  return layout.kind === 'dictionary' ? plainLayout((type as Dictionary).indices as DataType) : layout;
}

/**
 * Compares what the metadata of a batch says of its columns (numbers of values, buffers) with its rows, with the types, and with its body, before anything
 * is decoded: `apache-arrow` lengthens columns that are too short with nulls, and takes memory for what is declared.
 * Source: Arrow columnar format, "Recordbatch message".
 * @returns bytes of its compressed buffers, once they are decompressed.
 * @throws BadContentError naming the column.
 */
export function checkLayout(
  header: RecordBatch,
  body: Uint8Array,
  { fields, rows, mostBytes }: LayoutExpectation,
): number {
  const { sizes, decompressed } = bufferSizes(header, body, mostBytes);
  const bits = 8 * sizes.reduce((sum, size) => sum + size, 0);
  const { nodes, variadicBufferCounts } = header;
  let node = 0;
  let buffer = 0;
  let view = 0;

  const visit = (type: DataType, column: string, least: number, most = Infinity): void => {
    const { length, nullCount } = nodes[node++] ?? { length: -1, nullCount: 0 };
    if (length < 0) throw damaged(column, 'the batch does not say how many values it has');
    if (length < least || length > most) throw damaged(column, `it has ${length} values, and ${least} are needed`);
    if (length > FREE_VALUES && length > bits)
      throw new BadContentError(`A bomb: column ${column} declares ${length} values in ${bits / 8} bytes.`, {
        kind: 'bomb',
        column,
      });
    const layout = plainLayout(type);
    if (layout.kind === 'null') return;
    if (!(nullCount >= 0 && nullCount <= length)) throw damaged(column, `of ${length} values ${nullCount} are null`);
    const take = (what: string, needed: number, absent = false): void => {
      const size = sizes[buffer++];
      if (size === undefined) throw damaged(column, `the batch does not say where its ${what} are`);
      if (size < needed && !(absent && size === 0))
        throw damaged(column, `${length} values have only ${size} bytes of ${what}`);
    };
    const allNull = nullCount === length;
    take('validity', nullCount > 0 ? Math.ceil(length / 8) : 0);
    const children = (type.children ?? []) as readonly Field[];
    const element = (from: number) => visit(children[0]!.type as DataType, column, from);
    switch (layout.kind) {
      case 'bits':
        return take('values', Math.ceil(length / 8), allNull);
      case 'fixed':
        return take('values', length * layout.width, allNull);
      case 'bytes':
      case 'list':
        take('offsets', length === 0 ? 0 : (length + 1) * (layout.large ? 8 : 4));
        return layout.kind === 'bytes' ? take('values', 0) : element(0);
      case 'view': {
        take('views', 16 * length);
        const count = variadicBufferCounts[view++] ?? 0;
        if (!(count >= 0 && buffer + count <= sizes.length)) throw damaged(column, `it declares ${count} buffers`);
        buffer += count;
        return;
      }
      case 'fixed-list':
        return element(length * layout.size);
      case 'struct':
        for (const { name, type: of } of children) visit(of as DataType, `${column}.${name}`, length);
        return;
    }
  };

  if (header.length !== rows)
    throw new BadContentError(`A batch has ${header.length} rows and declares ${rows}.`, { kind: 'counts' });
  for (const { name, type } of fields) visit(type as DataType, name, rows, rows);
  if (node !== nodes.length || buffer !== sizes.length || view !== variadicBufferCounts.length)
    throw new BadContentError(
      `A batch has ${nodes.length} columns in ${sizes.length} buffers, and its schema ${node} in ${buffer}.`,
      { kind: 'counts' },
    );
  return decompressed;
}
