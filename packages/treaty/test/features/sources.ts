import { Binary, Field, List, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import { makeTreaty } from '../../src/make-treaty.ts';
import type { SourceSchema } from '../../src/source-schema.ts';
import type { SchemaRules, Treaty } from '../../src/treaty.ts';

const field = (name: string, type: DataType) => new Field(name, type, true);
export const list = (type: DataType) => new List(field('item', type));
export const struct = (types: Readonly<Record<string, DataType>>) =>
  new Struct(Object.entries(types).map(([name, type]) => field(name, type)));
export const label = (...names: readonly string[]) => ({ names, _type: 'ClassLabel' });
export const media = struct({ bytes: new Binary(), path: new Utf8() });

/** A source with one column, `a`, of which its metadata says something or nothing: a feature, or all of the metadata as text. */
export function sourceOf(type: DataType, said?: object | string): Omit<SourceSchema, 'collection' | 'file'> {
  const text = typeof said === 'object' ? JSON.stringify({ info: { features: { a: said } } }) : said;
  return { schema: new Schema([field('a', type)], new Map(text === undefined ? [] : [['huggingface', text]])) };
}

/** The treaty of sources that are called c0, c1, … */
export function treatyOf(
  sources: readonly Omit<SourceSchema, 'collection' | 'file'>[],
  columns: SchemaRules['columns'] = {},
): Treaty {
  const named = sources.map((source, index) => ({ ...source, collection: `c${index}`, file: `c${index}/f` }));
  return makeTreaty(named, { schema: 'widen', columns });
}

/** What is said of column `a`. */
export function featureOf({ schema }: Treaty): unknown {
  const text = schema.metadata.get('huggingface');
  return text === undefined
    ? undefined
    : (JSON.parse(text) as { readonly info: { readonly features: { readonly a: unknown } } }).info.features.a;
}

/** By source: what becomes of column `a`. */
export function conversionsOf({ conversions, conversionOf }: Treaty): readonly unknown[] {
  return conversionOf.map((number) => conversions[number]![0]!.conversion);
}
