import type { SurveyedCollection } from '@riffle/core';
import { schemaFromBytes } from '@riffle/columnar';

/** Columns that names of folders tell, as Hive, Spark and Arrow write them: `language=de`. */
function columnsOfPath(path: string): readonly string[] {
  return path
    .split('/')
    .slice(0, -1)
    .flatMap((name) => /^([^=]+)=/.exec(name)?.[1] ?? []);
}

/**
 * A sentence about columns that are told by the folders of a collection and not by its files, which only few readers look at; undefined if there is none.
 *
 * @param schemas by the number that files have of theirs, IPC streams of zero batches.
 */
export function hiveFoldersWarning(
  { name, shards }: SurveyedCollection,
  schemas: readonly Uint8Array[],
): string | undefined {
  const schemaOf = new Map<number, ReadonlySet<string>>();
  const missing = new Set<string>();
  for (const { path, schema } of shards.flatMap(({ files }) => files)) {
    const columns = columnsOfPath(path);
    if (columns.length === 0) continue;
    const known = schemaOf.get(schema) ?? new Set(schemaFromBytes(schemas[schema]!).fields.map((field) => field.name));
    schemaOf.set(schema, known);
    for (const column of columns) if (!known.has(column)) missing.add(column);
  }
  if (missing.size === 0) return undefined;
  const [first] = missing;
  return `Folders of collection ${name} are named as in a partitioned data set (${first}=…), and its files have no column ${[...missing].join(', ')}: what only the names of folders tell is not in the result.`;
}
