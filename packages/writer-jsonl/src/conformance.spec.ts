import { schemaToBytes } from '@riffle/columnar';
import type { Writer } from '@riffle/core';
import createReader from '@riffle/reader-jsonl';
import { describeWriter, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import type { Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createWriter from './index.ts';

// JSON lines do not say their types: the reader is given those that were written, as the pipeline does.
let written: Schema | undefined;

function makeWriter(compression: 'none' | 'gzip' | 'zstd'): Writer {
  const writer = createWriter(undefined, undefined, { compression });
  return {
    ...writer,
    create: (target, options, operation) => {
      written = options.schema;
      return writer.create(target, { ...options, compression }, operation);
    },
  };
}

async function readBack(bytes: Uint8Array): Promise<CanonicalRow[]> {
  const reader = createReader({ fragmentBytes: 8192 });
  const file = memoryFile('/written.jsonl', bytes);
  const schema = schemaToBytes(written!);
  const rows: CanonicalRow[] = [];
  for (const fragment of (await reader.survey(file, { schema })).fragments.keys())
    for await (const batch of reader.read(file, fragment, { schema, targetBatchBytes: 2 ** 24 })) {
      expect(String(batch.schema)).toBe(String(written));
      rows.push(...rowsOf(batch));
    }
  return rows;
}

it('has the ending of the compression of its job', () => {
  const extensionOf = (compression?: 'none' | 'gzip' | 'zstd' | 'snappy') =>
    createWriter(undefined, undefined, compression && { compression }).extension;
  expect([extensionOf(), extensionOf('none'), extensionOf('gzip'), extensionOf('zstd'), extensionOf('snappy')]).toEqual(
    ['.jsonl', '.jsonl', '.jsonl.gz', '.jsonl.zst', '.jsonl'],
  );
});

describe('plain', () => {
  describeWriter({ describe, it, expect }, { makeWriter: () => makeWriter('none'), readBack });
});
describe('gzip', () => {
  describeWriter({ describe, it, expect }, { makeWriter: () => makeWriter('gzip'), readBack, randomRuns: 10 });
});
describe('zstd', () => {
  describeWriter({ describe, it, expect }, { makeWriter: () => makeWriter('zstd'), readBack, randomRuns: 10 });
});
