import { schemaFromBytes, typeText } from '@riffle/columnar';
import type { InspectedColumn, InspectedSchema, InspectionProblem, SurveyedFile } from '@riffle/core';
import { describeFeature, parseFeatures } from '@riffle/treaty';
import type { DataType } from 'apache-arrow';
import { beginning } from './short-text.ts';

/** Characters of a type or feature: nested ones can be as long as a page. */
const LONGEST_TYPE = 2000;
/** Columns of one schema that are described. */
export const MOST_COLUMNS = 1000;
const MOST_SCHEMAS = 10;

export interface DescribedSchemas {
  readonly schemas: readonly InspectedSchema[];
  readonly problems: readonly InspectionProblem[];
}

function describeSchema(bytes: Uint8Array): {
  readonly columns: readonly InspectedColumn[];
  readonly warning?: string;
} {
  const schema = schemaFromBytes(bytes);
  const { features, warning } = parseFeatures(schema.metadata);
  const columns = schema.fields.slice(0, MOST_COLUMNS).map(({ name, type, nullable }): InspectedColumn => {
    const feature = features.get(name);
    return {
      name,
      type: beginning(typeText(type as DataType), LONGEST_TYPE),
      nullable,
      ...(feature === undefined ? {} : { feature: beginning(describeFeature(feature), LONGEST_TYPE) }),
    };
  });
  return { columns, ...(warning === undefined ? {} : { warning }) };
}

/** Labels of more names than these are shown by their numbers. */
const MOST_NAMES = 10_000;

/** By column, the names of the numbers where a Hugging Face ClassLabel tells them. */
export function labelNames(schema: Uint8Array, columns: number): readonly (readonly string[] | undefined)[] {
  const { fields, metadata } = schemaFromBytes(schema);
  const { features } = parseFeatures(metadata);
  return fields.slice(0, columns).map(({ name }) => {
    const feature = features.get(name) as { readonly _type?: unknown; readonly names?: unknown } | undefined;
    const names: unknown = feature?._type === 'ClassLabel' ? feature.names : undefined;
    if (!Array.isArray(names) || names.length > MOST_NAMES) return undefined;
    return names.every((own): own is string => typeof own === 'string') ? names : undefined;
  });
}

/** The schemas of files as people see them: metadata aside that says nothing of the columns. */
export function describeSchemas(schemas: readonly Uint8Array[], files: readonly SurveyedFile[]): DescribedSchemas {
  const groups = new Map<
    string,
    { readonly columns: readonly InspectedColumn[]; files: number; readonly example: string }
  >();
  const warnings = new Map<string, string>();
  const described = schemas.map(describeSchema);
  for (const { schema, path } of files) {
    const { columns, warning } = described[schema]!;
    if (warning !== undefined && !warnings.has(warning)) warnings.set(warning, path);
    const key = JSON.stringify(columns);
    const group = groups.get(key) ?? { columns, files: 0, example: path };
    group.files++;
    groups.set(key, group);
  }
  const sorted = [...groups.values()].toSorted((one, other) => other.files - one.files);
  const problems = [...warnings].map(([text, file]): InspectionProblem => ({
    kind: 'warning',
    message: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
    file,
  }));
  if (sorted.length > 1)
    problems.push({
      kind: 'schema',
      message: `The files have ${sorted.length} different schemas: \`riffle plan\` tells whether they can be one, and how.`,
    });
  return { schemas: sorted.slice(0, MOST_SCHEMAS), problems };
}
