import { DataType, type Field, type Schema } from 'apache-arrow';
import type { Footer, LeafColumn } from '@riffle/codec-parquet';
import { fixedWidth } from '../arrow-leaves.ts';

/** A column at the top of the schema whose values lie in memory as they lie in a page. */
export interface FlatColumn {
  readonly field: Field;
  readonly kind: 'numbers' | 'bytes';
  /** Of numbers: bytes of one. */
  readonly width: number;
  /** Of bytes: whether they must be UTF-8. */
  readonly isText: boolean;
}

const widths: Readonly<Record<string, number>> = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8 };

function flatColumn({ element, elements, maximumRepetitionLevel }: LeafColumn, field: Field): FlatColumn | undefined {
  const type = field.type as DataType;
  const { physicalType = '' } = element;
  if (elements.length !== 1 || maximumRepetitionLevel > 0) return undefined;
  // Where file and Arrow schema differ, nulls are for the codec and its checks to judge.
  if (field.nullable !== (element.repetition === 'OPTIONAL')) return undefined;
  if (physicalType === 'BYTE_ARRAY') {
    const isText = DataType.isUtf8(type);
    return isText || DataType.isBinary(type) ? { field, kind: 'bytes', width: 0, isText } : undefined;
  }
  const isNumber =
    (DataType.isInt(type) && physicalType.startsWith('INT')) ||
    (DataType.isFloat(type) && !physicalType.startsWith('INT'));
  const width = widths[physicalType];
  if (!isNumber || width === undefined || fixedWidth(type) !== width) return undefined;
  return { field, kind: 'numbers', width, isText: false };
}

/** All columns of a file, if every one is flat: whole numbers and floats of 32 and 64 bits, texts, and byte strings. */
export function flatColumns({ leaves }: Pick<Footer, 'leaves'>, { fields }: Schema): readonly FlatColumn[] | undefined {
  if (leaves.length !== fields.length) return undefined;
  const flat = leaves.flatMap((leaf, index) => flatColumn(leaf, fields[index]!) ?? []);
  return flat.length === leaves.length ? flat : undefined;
}
