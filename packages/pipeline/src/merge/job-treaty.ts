import { schemaFromBytes, schemaToBytes, type ColumnConversion } from '@riffle/columnar';
import { RiffleError, type ColumnRules, type RecipeProblem, type Survey, type TreatyColumn } from '@riffle/core';
import { makeTreaty, type SchemaRules, type SourceSchema } from '@riffle/treaty';
import { planOrder } from '../survey/plan-order.ts';

/** The treaty of a job, as data for workers and people. */
export interface JobTreaty {
  /** The one output schema with its metadata, as an IPC stream of zero batches. */
  readonly schema: Uint8Array;
  /** Ways of converting a batch to that schema, without repeats. */
  readonly conversions: readonly (readonly ColumnConversion[])[];
  /** By collection and number of a schema of the survey: index into `conversions`. */
  conversionOf(collection: number, schema: number): number;
  /** Whether no value has to be converted. */
  readonly isIdentity: boolean;
  readonly columns: readonly TreatyColumn[];
  readonly rules: ColumnRules;
  readonly warnings: readonly string[];
  readonly unused: readonly RecipeProblem[];
}

/**
 * Agrees on one schema for all files of the survey. Rules may differ by collection, so the same schema in two of them is two sources.
 * @throws `SCHEMA_CONFLICT`, `RECIPE_INVALID` as `makeTreaty`
 */
export function jobTreaty(survey: Survey, rules: SchemaRules): JobTreaty {
  const numbers = new Map<string, number>();
  const sources: SourceSchema[] = [];
  const keyOf = (collection: number, schema: number) => `${collection}/${schema}`;
  for (const { file, collection } of planOrder(survey)) {
    const key = keyOf(collection, file.schema);
    if (numbers.has(key)) continue;
    const { name } = survey.collections[collection]!;
    numbers.set(key, sources.length);
    const schema = schemaFromBytes(survey.schemas[file.schema]!);
    sources.push({ collection: name, schema, file: `${name}/${file.path}` });
  }
  if (sources.length === 0) throw new RiffleError('INTERNAL', 'A treaty needs at least one file.');
  const treaty = makeTreaty(sources, rules);
  return {
    ...treaty,
    schema: schemaToBytes(treaty.schema),
    isIdentity: treaty.conversions.every((columns) => columns.every(({ conversion }) => conversion.kind === 'keep')),
    conversionOf: (collection, schema) => treaty.conversionOf[numbers.get(keyOf(collection, schema))!]!,
  };
}
