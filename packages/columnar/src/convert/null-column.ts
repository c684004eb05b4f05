import { DataType, type Field } from 'apache-arrow';
import { bytesForBits } from '../bits.ts';
import { makeColumn, noBytes, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';

const mostElements = 2 ** 31 - 1;

/**
 * `rows` nulls of a type without dictionaries and views, in its smallest form.
 * @throws RangeError if fixed-size lists in it would have more than 2^31 elements.
 */
export function nullColumn(type: DataType, rows: number): Column {
  const layout = layoutOf(type);
  if (layout.kind === 'null') return makeColumn({ type, layout, length: rows });
  const nulls = makeColumn({ type, layout, length: rows, validity: new Uint8Array(bytesForBits(rows)) });
  const fields = (type.children ?? []) as Field[];
  const children = (count: number) => fields.map((field) => nullColumn(field.type as DataType, count));
  switch (layout.kind) {
    case 'bits':
      return { ...nulls, values: new Uint8Array(bytesForBits(rows)) };
    case 'fixed':
      return { ...nulls, values: new Uint8Array(rows * layout.width) };
    case 'bytes':
      return { ...nulls, offsets: new Int32Array(rows + 1), values: noBytes };
    case 'list':
      return { ...nulls, offsets: new Int32Array(rows + 1), children: children(0) };
    case 'fixed-list':
      if (rows * layout.size > mostElements)
        throw new RangeError(`${rows} nulls of a list of ${layout.size} would take more than 2^31 elements.`);
      return { ...nulls, children: children(rows * layout.size) };
    case 'struct':
      return { ...nulls, children: children(rows) };
    default:
      throw new TypeError(`A ${layout.kind} column must be resolved to its values first.`);
  }
}
