import { DataType } from 'apache-arrow';
import type { Column } from '../column.ts';
import { plainType } from '../plain-type.ts';
import { constantColumn } from './constant-column.ts';
import { allOf, asBadContent, ConversionFailure, inside, misfit } from './conversion-failure.ts';
import type { Conversion } from './conversion.ts';
import { convertBooleans } from './convert-booleans.ts';
import { convertFromNames, convertToNames } from './convert-label-names.ts';
import { convertDecimals } from './convert-decimals.ts';
import { convertLists, convertMaps, convertStructs } from './convert-nested.ts';
import { convertLabels, convertNumbers } from './convert-numbers.ts';
import { convertText } from './convert-text.ts';
import { convertTimes } from './convert-times.ts';
import { keepColumn } from './keep-column.ts';
import { nullColumn } from './null-column.ts';

/**
 * A column of the target's type, or of what its dictionaries and views stand for ({@link plainType}). Shares the source's buffers wherever
 * they need not change. What stands behind a null, or inside one, is never looked at.
 *
 * @param column Undefined only with `null` and with a `constant` that does not look at the source.
 * @param name Of the column, for errors.
 * @throws BadContentError with the code `UNSUPPORTED_CONTENT` for the first value that the target cannot hold unchanged. Its details
 * have `column` (a path as `fieldsBelow` spells it: `a.b[]`), `row` (from the column's first), `value` (as short text) and `kind`.
 * @throws RECIPE_INVALID for a constant that is no value of the target; `INTERNAL` for a conversion that does not fit the types.
 */
export function convertColumn(
  column: Column | undefined,
  rows: number,
  target: DataType,
  conversion: Conversion,
  name = 'value',
): Column {
  return convertColumns([{ column, target, conversion, name }], rows, 0)[0]!;
}

export interface NamedConversion {
  readonly column: Column | undefined;
  readonly target: DataType;
  readonly conversion: Conversion;
  readonly name: string;
}

/** {@link convertColumn} for several columns of the same rows. Of all values that cannot be converted, the one in the lowest row is reported. */
export function convertColumns(columns: readonly NamedConversion[], rows: number, firstRow: number): Column[] {
  try {
    return allOf(
      columns.map(
        ({ column, target, conversion, name }) =>
          () =>
            inside(
              name,
              (row) => row,
              () => convert(column, rows, plainType(target), conversion),
            ),
      ),
    );
  } catch (error) {
    throw error instanceof ConversionFailure ? asBadContent(error, firstRow) : error;
  }
}

function convert(source: Column | undefined, rows: number, target: DataType, conversion: Conversion): Column {
  const { kind } = conversion;
  if (kind === 'null') return nullColumn(target, rows);
  if (kind === 'constant') {
    const { value, otherwise } = conversion;
    const own = otherwise === undefined ? undefined : convert(source, rows, target, otherwise);
    return constantColumn(target, value, rows, own);
  }
  if (source === undefined) throw misfit(undefined, target, conversion);
  if (source.layout.kind === 'null') return nullColumn(target, rows);
  switch (kind) {
    case 'keep':
      return keepColumn(source, target);
    case 'number':
      return DataType.isBool(source.type) || DataType.isBool(target)
        ? convertBooleans(source, target)
        : convertNumbers(source, target);
    case 'decimal':
      return convertDecimals(source, target);
    case 'time':
      return convertTimes(source, target);
    case 'labels':
      return convertLabels(source, target, conversion.map);
    case 'label-names':
      return convertToNames(source, target, conversion.names);
    case 'label-numbers':
      return convertFromNames(source, target, conversion.names);
    case 'text':
      return convertText(source, target);
    case 'list':
      return convertLists(source, target, conversion, convert);
    case 'struct':
      return convertStructs(source, target, conversion, convert);
    case 'map':
      return convertMaps(source, target, conversion, convert);
  }
}
