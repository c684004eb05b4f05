import type { Manifest } from '@riffle/core';
import * as z from 'zod';

const count = z.int().min(0);
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const collectionCounts = z.object({
  name: z.string(),
  loaded: count,
  missing: count,
  failed: count,
  empty: count,
  rows: count,
});
const lost = z.object({
  collection: z.string(),
  path: z.string(),
  status: z.enum(['missing', 'failed', 'empty']),
  code: z.string(),
  reason: z.string(),
  rows: count.optional(),
});

/** A manifest is data from a folder that anybody may have written: everything used is checked, file names above all. */
const manifestSchema = z.object({
  format: z.literal('riffle-manifest-v1'),
  riffleVersion: z.string(),
  digest: hex(64),
  plan: z.looseObject({
    rows: count,
    shards: z.int().min(1),
    treaty: z.base64(),
    writer: z.string(),
    reader: z.string(),
    seed: z.string(),
  }),
  receipt: z.looseObject({
    inputs: z.array(z.looseObject({ collection: z.string(), path: z.string(), rows: count, fingerprint: hex(32) })),
    outputs: z.array(z.object({ file: z.string(), rows: count, bytes: count, sha256: hex(64), fingerprint: hex(32) })),
    collections: z.array(collectionCounts),
    lost: z.array(lost),
    fingerprint: hex(32),
  }),
  run: z.looseObject({}),
});

/** The manifest, or a sentence saying why the text is none. */
export function parseManifest(text: string): Manifest | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `it is not JSON (${(error as Error).message})`;
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return json as Manifest;
  const issue = parsed.error.issues[0]!;
  return `${issue.path.join('.') || 'the document'}: ${issue.message}`;
}
