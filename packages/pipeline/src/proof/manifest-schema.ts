import type { Manifest } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import * as z from 'zod';
import { mostNameBytes } from '../partitioning/partition-names.ts';

const count = z.int().min(0);
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
/** Rules that decide how inputs are converted, checked as in a recipe. */
const schemaRules = { schema: recipeSchema.shape.schema.unwrap(), columns: recipeSchema.shape.columns.unwrap() };
const list = z.array(z.unknown());

/** Lists hold unknown values here: each is checked by itself, so that a long list of wrong ones makes one problem and not many. */
const manifestSchema = z.looseObject({
  format: z.literal('riffle-manifest-v1'),
  riffleVersion: z.string(),
  digest: hex(64),
  plan: z.looseObject({
    rows: z.int().min(1),
    shards: z.int().min(1),
    treaty: z.base64(),
    ...schemaRules,
    writer: z.string(),
    layout: z.string().optional(),
    partitionBy: z.array(z.looseObject({ column: z.string(), kept: z.boolean() })).optional(),
    reader: z.string(),
    readers: z.array(z.looseObject({ name: z.string(), options: z.json() })).optional(),
    seed: z.string(),
    shuffler: z.string(),
    collections: list,
  }),
  receipt: z.looseObject({
    inputs: list,
    outputs: list,
    index: list.optional(),
    collections: list,
    lost: list,
    fingerprint: hex(32),
  }),
  run: z.looseObject({ inputs: list.optional() }),
});

const inputSchema = z.looseObject({
  collection: z.string(),
  path: z.string(),
  rows: count,
  fingerprint: hex(32),
  files: list,
});
const fileSchema = z.looseObject({ path: z.string(), bytes: count, rows: count });
const outputSchema = z.looseObject({
  file: z.string(),
  shard: count.optional(),
  // No longer than the name of a folder: it is given to every row of the file.
  partition: z.array(z.string().max(mostNameBytes).nullable()).optional(),
  rows: count,
  bytes: count,
  sha256: hex(64),
  fingerprint: hex(32),
});
const indexSchema = z.looseObject({ file: z.string(), bytes: count, sha256: hex(64) });
const collectionSchema = z.looseObject({
  name: z.string(),
  loaded: count,
  missing: count,
  failed: count,
  empty: count,
  rows: count,
});
const damagedFileSchema = z.looseObject({ path: z.string(), fragments: z.array(count).optional() });
const lostSchema = z.looseObject({
  collection: z.string(),
  path: z.string(),
  status: z.string(),
  code: z.string(),
  reason: z.string(),
  rows: count.optional(),
  damage: list.optional(),
});
const nameSchema = z.looseObject({ name: z.string() });
const locationSchema = z.looseObject({ name: z.string(), location: z.string() });

/** A sentence about the first problem, or undefined. */
function problemOf(schema: z.ZodType, value: unknown, place: string): string | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return undefined;
  const { path, message } = parsed.error.issues[0]!;
  return `${[place, ...path].filter((part) => part !== '').join('.') || 'the document'}: ${message}`;
}

function problemOfList(
  values: readonly unknown[],
  schema: z.ZodType,
  place: string,
  inner?: (value: never, place: string) => string | undefined,
): string | undefined {
  for (const [index, value] of values.entries()) {
    const here = `${place}.${index}`;
    const problem = problemOf(schema, value, here) ?? inner?.(value as never, here);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOfLists({ plan, receipt, run }: Manifest): string | undefined {
  return (
    problemOfList(plan.collections, nameSchema, 'plan.collections') ??
    problemOfList(receipt.inputs, inputSchema, 'receipt.inputs', ({ files }: { files: unknown[] }, place) =>
      problemOfList(files, fileSchema, `${place}.files`),
    ) ??
    problemOfList(receipt.outputs, outputSchema, 'receipt.outputs') ??
    problemOfList(receipt.index ?? [], indexSchema, 'receipt.index') ??
    problemOfList(receipt.collections, collectionSchema, 'receipt.collections') ??
    problemOfList(receipt.lost, lostSchema, 'receipt.lost', ({ damage = [] }: { damage?: unknown[] }, place) =>
      problemOfList(damage, damagedFileSchema, `${place}.damage`),
    ) ??
    problemOfList(run.inputs ?? [], locationSchema, 'run.inputs')
  );
}

/**
 * The manifest, or a phrase saying why the text is none. A manifest is data from a folder that anybody may have written:
 * everything used is checked, fields that this version does not know are let be.
 */
export function parseManifest(text: string): Manifest | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `it is not JSON (${(error as Error).message})`;
  }
  return problemOf(manifestSchema, json, '') ?? problemOfLists(json as Manifest) ?? (json as Manifest);
}
