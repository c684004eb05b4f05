import { Schema } from 'apache-arrow';
import { HUGGINGFACE_KEY } from './parse-features.ts';

/** The metadata without what it says of columns that are not there: `datasets` refuses files that lack a column of their features. */
function withoutFeatures(text: string, names: ReadonlySet<string>): string {
  const parsed = JSON.parse(text) as { readonly info: { readonly features: Readonly<Record<string, unknown>> } };
  const features = Object.entries(parsed.info.features).filter(([name]) => !names.has(name));
  return JSON.stringify({ ...parsed, info: { ...parsed.info, features: Object.fromEntries(features) } });
}

/** The treaty's schema without these columns, also in what it says for Hugging Face `datasets`. */
export function withoutColumns(schema: Schema, names: ReadonlySet<string>): Schema {
  if (names.size === 0) return schema;
  const metadata = new Map(schema.metadata);
  const features = metadata.get(HUGGINGFACE_KEY);
  if (features !== undefined) metadata.set(HUGGINGFACE_KEY, withoutFeatures(features, names));
  return new Schema(
    schema.fields.filter(({ name }) => !names.has(name)),
    metadata,
  );
}
