import { fieldsBelow, typeText } from '@riffle/columnar';
import { DataType, type Schema } from 'apache-arrow';

/** How values of a column are compared: as whole numbers, as doubles, or as bytes. */
export type KeyKind = 'integers' | 'numbers' | 'texts';

/** A column that can be judged. */
export interface KeyColumn {
  /** Names from the top-level column down through structs. */
  readonly path: readonly string[];
  readonly kind: KeyKind;
  /** As recipes and messages spell the type. */
  readonly type: string;
}

/** Columns that a message names at most. */
const mostNamed = 40;

/** Undefined for what has no order: lists, maps, structs, intervals. */
function keyKindOf(type: DataType): KeyKind | undefined {
  if (DataType.isDictionary(type)) return keyKindOf(type.dictionary as DataType);
  if (DataType.isInt(type)) return type.bitWidth === 64 && !type.isSigned ? 'numbers' : 'integers';
  if (DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type) || DataType.isDuration(type))
    return 'integers';
  if (DataType.isFloat(type) || DataType.isDecimal(type) || DataType.isBool(type) || DataType.isNull(type))
    return 'numbers';
  const isText =
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isUtf8View(type) ||
    DataType.isFixedSizeBinary(type);
  const isBytes = DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type);
  return isText || isBytes ? 'texts' : undefined;
}

function* keyColumns(fields: Schema['fields'], above: readonly string[]): Generator<KeyColumn> {
  for (const { name, type } of fields) {
    const path = [...above, name];
    const kind = keyKindOf(type);
    if (kind !== undefined) yield { path, kind, type: typeText(type) };
    else if (DataType.isStruct(type))
      yield* keyColumns(
        fieldsBelow(type, '').map(({ field }) => field),
        path,
      );
  }
}

/** Every column of a schema that can be judged, fields of structs among them. */
export function columnsThatServe(schema: Schema): readonly KeyColumn[] {
  return [...keyColumns(schema.fields, [])];
}

/** The column of that name; fields of structs are spelled `column.field`. */
export function findColumn(schema: Schema, name: string): KeyColumn | undefined {
  return columnsThatServe(schema).find(({ path }) => path.join('.') === name);
}

/** Names of columns for a message. */
export function namesOf(columns: readonly KeyColumn[]): string {
  const named = columns.slice(0, mostNamed).map(({ path, type }) => `${path.join('.')} (${type})`);
  const rest = columns.length - named.length;
  return rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
}
