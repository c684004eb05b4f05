import { Field, Schema } from 'apache-arrow';
import { plainField, schemaFromBytes, schemaToBytes } from '@riffle/columnar';
import { RiffleError, type Survey } from '@riffle/core';
import { planOrder, type PlacedFile } from '../survey/plan-order.ts';
import { mergeFields } from './merge-fields.ts';
import { mergeMetadata, ownMetadata } from './merge-metadata.ts';

/** The one output schema, and where each surveyed schema has its columns. */
export interface Treaty {
  /** As an IPC stream of zero batches. */
  readonly schema: Uint8Array;
  /** By schema number: for each treaty column, the index of the source's column. Undefined for schemas no file uses. */
  readonly orders: readonly (readonly number[] | undefined)[];
  /** What of the metadata the files do not agree on, a sentence a key. */
  readonly warnings: readonly string[];
}

interface Side {
  readonly schema: Schema;
  readonly placed: PlacedFile;
}

function nameOf({ placed }: Side, survey: Survey): string {
  return `${survey.collections[placed.collection]!.name}/${placed.file.path}`;
}

function conflictError(
  survey: Survey,
  one: Side,
  other: Side,
  column: string,
  oneType: string,
  otherType: string,
): RiffleError {
  return new RiffleError(
    'SCHEMA_CONFLICT',
    `Column ${column} is ${oneType} in ${nameOf(one, survey)} and ${otherType} in ${nameOf(other, survey)}. Collections must agree on names and types; convert one side, or leave that collection out.`,
    { column, files: [nameOf(one, survey), nameOf(other, survey)], types: [oneType, otherType] },
  );
}

/** For each field of `wanted`, the index of the same-named column of `schema`; equal names pair up in order. */
function columnOrder(wanted: readonly Field[], schema: Schema): readonly number[] | Field {
  const free = new Map<string, number[]>();
  schema.fields.forEach((field, index) => free.set(field.name, [...(free.get(field.name) ?? []), index]));
  const order: number[] = [];
  for (const field of wanted) {
    const index = free.get(field.name)?.shift();
    if (index === undefined) return field;
    order.push(index);
  }
  return order;
}

/**
 * The schema all files agree on up to column order, nullability, metadata and layout (dictionary, views). Columns stand as in
 * the first file in plan order; metadata is kept where all agree.
 * @throws `SCHEMA_CONFLICT` naming both files, the column and the two types.
 */
export function makeTreaty(survey: Survey): Treaty {
  const sides = new Map<number, Side>();
  for (const placed of planOrder(survey)) {
    if (!sides.has(placed.file.schema))
      sides.set(placed.file.schema, { schema: schemaFromBytes(survey.schemas[placed.file.schema]!), placed });
  }
  const orders: (readonly number[] | undefined)[] = survey.schemas.map(() => undefined);
  const [first, ...others] = sides.values();
  if (first === undefined) throw new RiffleError('INTERNAL', 'A treaty needs at least one file.');
  let fields = first.schema.fields.map((field) => plainField(field));
  let metadata = ownMetadata(first.schema.metadata);
  const dropped = new Map<string, Side>();
  orders[first.placed.file.schema] = fields.map((_, index) => index);
  for (const side of others) {
    const order = columnOrder(fields, side.schema);
    if (order instanceof Field) throw conflictError(survey, first, side, order.name, String(order.type), 'absent');
    const extra = side.schema.fields.find((_, index) => !order.includes(index));
    if (extra !== undefined) throw conflictError(survey, first, side, extra.name, 'absent', String(extra.type));
    fields = fields.map((field, index) => {
      const merged = mergeFields(field, plainField(side.schema.fields[order[index]!]!));
      if (merged instanceof Field) return merged;
      throw conflictError(survey, first, side, merged.column, merged.one, merged.other);
    });
    const merged = mergeMetadata(metadata, side.schema.metadata);
    metadata = merged.kept;
    for (const key of merged.dropped) if (!dropped.has(key)) dropped.set(key, side);
    orders[side.placed.file.schema] = order;
  }
  const warnings = [...dropped].map(
    ([key, side]) =>
      `The schema metadata ${JSON.stringify(key)} is left out of the result: ${nameOf(first, survey)} and ${nameOf(side, survey)} do not have the same.`,
  );
  return { schema: schemaToBytes(new Schema(fields, metadata)), orders, warnings };
}
