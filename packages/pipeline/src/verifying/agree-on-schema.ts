import { schemaFromBytes, type ColumnConversion } from '@riffle/columnar';
import type { Finding, Manifest, Survey } from '@riffle/core';
import { convertTo, type ConvertedTo } from '@riffle/treaty';
import { groupBy } from '../survey/group-by.ts';
import { planOrder, type PlacedFile } from '../survey/plan-order.ts';
import { inputFinding } from './input-finding.ts';
import type { ReceiptSurvey } from './receipt-survey.ts';

/** A survey whose files all become what the plan's schema says, and how. */
export interface AgreedSurvey {
  readonly survey: Survey;
  readonly conversions: readonly (readonly ColumnConversion[])[];
  /** By collection and number of a schema of the survey: index into `conversions`. */
  conversionOf(collection: number, schema: number): number;
  readonly findings: readonly Finding[];
}

const keyOf = (collection: number, schema: number) => `${collection}/${schema}`;

/** Leaves out what these files hold. */
function withoutFiles(survey: Survey, files: ReadonlySet<PlacedFile['file']>): Survey {
  return {
    ...survey,
    collections: survey.collections.map((collection) => ({
      ...collection,
      shards: collection.shards.map((shard) => ({
        ...shard,
        files: shard.files.map((file) => (files.has(file) ? { ...file, fragments: [], schema: 0 } : file)),
      })),
    })),
  };
}

/**
 * Finds how each file is converted to the plan's schema, as the job did. Files that would not become it are findings, and not read further.
 * Schema 0 of the survey is the plan's.
 */
export function agreeOnSchema({ survey, shards }: ReceiptSurvey, { plan }: Manifest): AgreedSurvey {
  const treaty = schemaFromBytes(survey.schemas[0]!);
  const rules = { schema: plan.schema, columns: plan.columns };
  const conversions: (readonly ColumnConversion[])[] = [];
  const numbers = new Map<string, number>();
  const findings: Finding[] = [];
  const different = new Set<PlacedFile['file']>();
  const readable = planOrder(survey).filter(({ file }) => file.fragments.length > 0);
  for (const [key, files] of groupBy(readable, ({ collection, file }) => keyOf(collection, file.schema))) {
    const { collection, file } = files[0]!;
    const { name } = survey.collections[collection]!;
    const schema = schemaFromBytes(survey.schemas[file.schema]!);
    const converted: ConvertedTo = convertTo(treaty, { collection: name, schema, file: `${name}/${file.path}` }, rules);
    if ('conversions' in converted) {
      numbers.set(key, conversions.push(converted.conversions) - 1);
      continue;
    }
    const { column, found, wanted } = converted.difference;
    for (const { file: held, shard } of files) {
      different.add(held);
      const says = `has another schema than the result: column ${column} is ${found} instead of ${wanted}`;
      findings.push(inputFinding({ collection: name, shard: shards[shard]!.path, path: held.path }, 'schema', says));
    }
  }
  return {
    survey: withoutFiles(survey, different),
    conversions,
    conversionOf: (collection, schema) => numbers.get(keyOf(collection, schema)) ?? 0,
    findings,
  };
}
