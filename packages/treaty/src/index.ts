export { convertTo, type ConvertedTo, type SchemaDifference } from './convert-to.ts';
export { describeFeature } from './features/describe-feature.ts';
export { parseFeatures, type ParsedFeatures } from './features/parse-features.ts';
export { makeTreaty } from './make-treaty.ts';
export type { RecipeLine, SchemaConflict } from './schema-conflict.ts';
export { renamed } from './source-columns.ts';
export type { SourceSchema } from './source-schema.ts';
export type { SchemaRules, Treaty } from './treaty.ts';
export { ruleProblems } from './use-rules.ts';
