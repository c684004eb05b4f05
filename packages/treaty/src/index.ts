export type { RecipeLine, SchemaConflict } from './schema-conflict.ts';
export type { SourceSchema } from './source-schema.ts';
