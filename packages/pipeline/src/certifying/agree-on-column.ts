import { schemaFromBytes } from '@riffle/columnar';
import { didYouMean, RiffleError, type Survey } from '@riffle/core';
import type { PlacedFile } from '../survey/plan-order.ts';
import { columnsThatServe, findColumn, namesOf, type KeyColumn, type KeyKind } from './column-path.ts';

/** One column in all files. */
export interface AgreedColumn {
  /** Its type, or its types. */
  readonly type: string;
  readonly kind: KeyKind;
  of(placed: PlacedFile): KeyColumn;
}

/** What can be judged of these files, for a message. */
export function columnsToChoose(schemas: Survey['schemas'], files: readonly PlacedFile[]): string {
  return namesOf(columnsThatServe(schemaFromBytes(schemas[files[0]!.file.schema]!)));
}

function refusal(name: string, problem: string, choose: string): RiffleError {
  return new RiffleError('USAGE', `${problem} Give --column with one of: ${choose}.`, { column: name });
}

/**
 * Finds the column in every file, and how its values are compared over all of them. Whole numbers and others go together; of anything else all files
 * must have the same type.
 * @throws `USAGE` naming a file that has no such column, or two that differ
 */
export function agreeOnColumn(schemas: Survey['schemas'], files: readonly PlacedFile[], name: string): AgreedColumn {
  const columns = new Map<number, KeyColumn>();
  const types = new Map<string, string>();
  for (const { file } of files) {
    if (columns.has(file.schema)) continue;
    const found = findColumn(schemaFromBytes(schemas[file.schema]!), name);
    if (found === undefined) {
      const served = columnsThatServe(schemaFromBytes(schemas[file.schema]!)).map(({ path }) => path.join('.'));
      const near = didYouMean(name, served);
      const problem = `${file.path} has no column ${JSON.stringify(name)} whose values have an order${near === '' ? '.' : near}`;
      throw refusal(name, problem, columnsToChoose(schemas, files));
    }
    columns.set(file.schema, found);
    if (!types.has(found.type)) types.set(found.type, file.path);
  }
  const found = [...columns.values()];
  const isNumber = (type: string) => /^u?int|^float|^decimal/.test(type);
  const one = [...types.keys()][0]!;
  const other = [...types.keys()].find((type) => type !== one && !(isNumber(type) && isNumber(one)));
  if (other !== undefined) {
    const problem = `The column ${JSON.stringify(name)} is ${one} in ${types.get(one)} and ${other} in ${types.get(other)}, which cannot be compared.`;
    throw refusal(name, problem, columnsToChoose(schemas, files));
  }
  const kinds = new Set(found.map(({ kind }) => kind));
  return {
    type: [...types.keys()].join(', '),
    kind: kinds.size === 1 ? found[0]!.kind : 'numbers',
    of: ({ file }) => columns.get(file.schema)!,
  };
}
