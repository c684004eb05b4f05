import { schemaToBytes } from '@riffle/columnar';
import type { Writer } from '@riffle/core';
import createReader from '@riffle/reader-mds';
import { describeWriter, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import type { Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createWriter from './index.ts';

// MDS does not say all types: the reader is given those that were written, as the pipeline does.
let written: Schema | undefined;

/** With every column as JSON: the suite writes nulls everywhere, and nothing else of MDS holds them. */
function makeWriter(): Writer {
  const writer = createWriter();
  return {
    ...writer,
    create: (target, options, operation) => {
      written = options.schema;
      return createWriter({ json: options.schema.names as string[] }).create(target, options, operation);
    },
  };
}

async function readBack(bytes: Uint8Array): Promise<CanonicalRow[]> {
  const reader = createReader({ fragmentBytes: 4096 });
  const file = memoryFile('/written.mds', bytes);
  const schema = schemaToBytes(written!);
  const rows: CanonicalRow[] = [];
  const survey = await reader.survey(file, { schema });
  for (const [fragment, { rows: expected }] of survey.fragments.entries()) {
    const before = rows.length;
    for await (const batch of reader.read(file, fragment, { schema, targetBatchBytes: 2 ** 24 })) {
      expect(String(batch.schema)).toBe(String(written));
      rows.push(...rowsOf(batch));
    }
    expect(rows.length - before).toBe(expected);
  }
  return rows;
}

describe('every column as JSON', () => {
  describeWriter({ describe, it, expect }, { makeWriter, readBack });
});
