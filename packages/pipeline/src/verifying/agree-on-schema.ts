import { isRiffleError, type Finding, type RiffleError, type Survey } from '@riffle/core';
import { makeTreaty } from '../merge/treaty.ts';
import { inputFinding } from './input-finding.ts';
import type { ReceiptSurvey } from './receipt-survey.ts';

/** A survey whose files all agree with the plan's schema, and how their columns are ordered. */
export interface AgreedSurvey {
  readonly survey: Survey;
  readonly orders: ReturnType<typeof makeTreaty>['orders'];
  readonly findings: readonly Finding[];
}

interface Conflict {
  readonly column: string;
  readonly types: readonly [string, string];
  readonly files: readonly [string, string];
}

function conflictOf(error: RiffleError): Conflict {
  return error.details as unknown as Conflict;
}

/** Leaves out what all files with one schema hold. */
function withoutSchema(survey: Survey, schema: number): Survey {
  return {
    ...survey,
    collections: survey.collections.map((collection) => ({
      ...collection,
      shards: collection.shards.map((shard) => ({
        ...shard,
        files: shard.files.map((file) => (file.schema === schema ? { ...file, fragments: [], schema: 0 } : file)),
      })),
    })),
  };
}

/** Finds the treaty anew as the job did. Files that do not agree with the plan's schema are findings, and not read further. */
export function agreeOnSchema({ survey, shards }: ReceiptSurvey): AgreedSurvey {
  const findings: Finding[] = [];
  let agreed = survey;
  for (;;) {
    try {
      return { survey: agreed, orders: makeTreaty(agreed).orders, findings };
    } catch (error) {
      if (!isRiffleError(error) || error.code !== 'SCHEMA_CONFLICT') throw error;
      const { column, types, files } = conflictOf(error);
      let schema: number | undefined;
      let number = 0;
      for (const { name, shards: own } of agreed.collections) {
        for (const { path: shard, files: held } of own) {
          const receipt = shards[number++];
          const file = held.find(({ path }) => `${name}/${path}` === files[1]);
          if (receipt === undefined || file === undefined || schema !== undefined) continue;
          schema = file.schema;
          findings.push(
            inputFinding(
              { collection: name, shard, path: file.path },
              'schema',
              `has another schema than the result: column ${column} is ${types[1]} instead of ${types[0]}`,
            ),
          );
        }
      }
      if (schema === undefined || schema === 0) throw error;
      agreed = withoutSchema(agreed, schema);
    }
  }
}
