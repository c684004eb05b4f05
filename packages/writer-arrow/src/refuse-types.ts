import { RiffleError } from '@riffle/core';
import { DataType, type Field, type Schema } from 'apache-arrow';

/** Dictionaries would be written again with every batch; the pipeline's schemas have none. */
function unwritable(fields: readonly Field[], path: string): string | undefined {
  for (const { name, type } of fields) {
    const here = path === '' ? name : `${path}.${name}`;
    const found = DataType.isDictionary(type) ? here : unwritable(((type as DataType).children ?? []) as Field[], here);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @throws RiffleError naming the column. */
export function refuseTypes({ fields }: Schema): void {
  const column = unwritable(fields, '');
  if (column !== undefined)
    throw new RiffleError(
      'UNSUPPORTED_CONTENT',
      `Column ${column} is a dictionary, which this writer does not write; cast it to its values.`,
      { column },
    );
}
