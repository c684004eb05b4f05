import { formOf, isSplit, jsonForm, splitName, type Form } from '@riffle/codec-mds';
import { typeText } from '@riffle/columnar';
import { DataType, Field, Schema, type Data } from 'apache-arrow';
import { badFile } from './bad-content.ts';
import { makeAny } from './make-any.ts';
import type { ShardColumn } from './parse-config.ts';

/** How one column of the shard is read. */
export interface ColumnPlan {
  readonly name: string;
  readonly form: Form;
  /** As a field of its own: its type, and whether null may be among the values. */
  readonly field: Field;
}

/** How rows of a shard become batches. */
export interface RowPlan {
  readonly schema: Schema;
  /** In the order of the shard. */
  readonly columns: readonly ColumnPlan[];
  /** The columns of the schema, of those of the shard. */
  assemble(columns: readonly Data[], rows: number): Data[];
}

/** A column as it is, or a struct that was split into several. */
type Part = number | { readonly type: DataType; readonly parts: readonly Part[] };

function assemblePart(part: Part, columns: readonly Data[], rows: number): Data {
  if (typeof part === 'number') return columns[part]!;
  const children = part.parts.map((child) => assemblePart(child, columns, rows));
  return makeAny({ type: part.type, length: rows, nullCount: 0, children });
}

/** Types follow from the encodings. */
export function planFromShard(shard: readonly ShardColumn[]): RowPlan {
  const fields = shard.map(({ name, type }) => new Field(name, type, false));
  return {
    schema: new Schema(fields),
    columns: shard.map(({ name, form }, index) => ({ name, form, field: fields[index]! })),
    assemble: (columns) => [...columns],
  };
}

/**
 * Types are those that were written.
 * @throws BadContentError if the shard has other columns than rows of the schema are written to.
 */
export function planFromSchema(shard: readonly ShardColumn[], schema: Schema): RowPlan {
  const places = new Map(shard.map(({ name }, index) => [name, index]));
  const plans: (ColumnPlan | undefined)[] = shard.map(() => undefined);
  const other = (what: string) => badFile('metadata', `It has other columns than it must: ${what}.`);

  function partOf(field: Field, name: string): Part {
    const type = field.type as DataType;
    const place = places.get(name);
    if (place === undefined) {
      if (!isSplit(type)) throw other(`${name} is missing`);
      const parts = (type.children as Field[]).map((child) => partOf(child, splitName(name, child.name)));
      return { type, parts };
    }
    const { encoding } = shard[place]!.form;
    const form = encoding === jsonForm.encoding ? jsonForm : formOf(type);
    if (form?.encoding !== encoding) throw other(`${name} is ${encoding}, which is not for ${typeText(type)}`);
    plans[place] = { name, form, field };
    return place;
  }

  const parts = schema.fields.map((field) => partOf(field, field.name));
  const columns = plans.map((plan, place) => {
    if (plan === undefined) throw other(`there is none called ${shard[place]!.name}`);
    return plan;
  });
  return { schema, columns, assemble: (found, rows) => parts.map((part) => assemblePart(part, found, rows)) };
}
