export { documentTable, type DocumentKind } from './document-table.ts';
export { jsonSchemaOf } from './json-schema.ts';
