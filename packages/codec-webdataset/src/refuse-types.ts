import { RiffleError } from '@riffle/core';
import { DataType, Precision, type Field } from 'apache-arrow';

function reasonFor(type: DataType): string | undefined {
  if (DataType.isDecimal(type)) return 'is a decimal; cast it to utf8 or float64';
  if (DataType.isFloat(type) && type.precision === Precision.HALF) return 'is float16; cast it to float32';
  if (DataType.isInterval(type)) return 'is an interval; leave it out';
  if (DataType.isDictionary(type) || DataType.isUtf8View(type) || DataType.isBinaryView(type) || DataType.isUnion(type))
    return `is ${String(type)}; cast it to its values`;
  return undefined;
}

function find(
  fields: readonly Field[],
  path: string,
): { readonly column: string; readonly reason: string } | undefined {
  for (const { name, type } of fields) {
    const column = path === '' ? name : `${path}.${name}`;
    const reason = name === '__proto__' ? 'has a name that JSON cannot hold; rename it' : reasonFor(type as DataType);
    if (reason !== undefined) return { column, reason };
    const below = find(((type as DataType).children ?? []) as Field[], column);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** @throws RiffleError `UNSUPPORTED_CONTENT` naming a column whose values a sample cannot hold, and two columns of one name. */
export function refuseTypes(fields: readonly Field[]): void {
  const found = find(fields, '');
  if (found !== undefined)
    throw new RiffleError(
      'UNSUPPORTED_CONTENT',
      `Column ${found.column} ${found.reason}: WebDataset samples do not hold such values.`,
      { column: found.column },
    );
  const names = fields.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new RiffleError('UNSUPPORTED_CONTENT', `Two columns are called ${twice}; rename one.`, { column: twice });
}
