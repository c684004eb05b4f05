import { typeText } from '@riffle/columnar';
import { Field, List, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import { makeTreaty } from '../src/make-treaty.ts';
import type { SchemaRules } from '../src/treaty.ts';

type Columns = Readonly<Record<string, DataType>>;
export const field = (name: string, type: DataType, nullable = true) => new Field(name, type, nullable);
export const list = (type: DataType) => new List(field('item', type));
export const struct = (columns: Columns) =>
  new Struct(Object.entries(columns).map(([name, type]) => field(name, type)));
export const schemaOf = (columns: Columns, metadata: Readonly<Record<string, string>> = {}) =>
  new Schema(
    Object.entries(columns).map(([name, type]) => field(name, type)),
    new Map(Object.entries(metadata)),
  );
const names = ['one', 'two', 'three'];
export const sourcesOf = (...schemas: readonly Schema[]) =>
  schemas.map((schema, index) => ({ collection: names[index]!, schema, file: `${names[index]}/f.parquet` }));
export const rules = (columns: SchemaRules['columns'] = {}, schema: SchemaRules['schema'] = 'widen') => ({
  schema,
  columns,
});
export const treatyOf = (
  schemas: readonly Schema[],
  columns?: SchemaRules['columns'],
  policy?: SchemaRules['schema'],
) => makeTreaty(sourcesOf(...schemas), rules(columns, policy));
/** Columns as people read them. */
export const columnsOf = ({ schema }: { readonly schema: Schema }) =>
  schema.fields.map(
    ({ name, type, nullable }) => `${name} ${typeText(type as DataType)}${nullable ? '' : ' not null'}`,
  );
export const huggingface = (features: object) => ({ huggingface: JSON.stringify({ info: { features } }) });
export const featuresOf = ({ schema }: { readonly schema: Schema }) =>
  (JSON.parse(schema.metadata.get('huggingface')!) as { info: { features: unknown } }).info.features;
export const label = (...labels: string[]) => ({ names: labels, _type: 'ClassLabel' });
export const audio = (rate?: number) => ({ ...(rate === undefined ? {} : { sampling_rate: rate }), _type: 'Audio' });
export const media = struct({ bytes: new Utf8(), path: new Utf8() });
