import { schemaToBytes } from '@riffle/columnar';
import type { JsonValue, Writer } from '@riffle/core';
import createReader from '@riffle/reader-webdataset';
import { describeWriter, memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import type { Schema } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import createWriter from './index.ts';

// Archives do not say their types: the reader is given those that were written, as the pipeline does.
let written: Schema | undefined;

function makeWriter(options?: JsonValue): Writer {
  const writer = createWriter(options);
  return {
    ...writer,
    create: (target, writerOptions, operation) => {
      written = writerOptions.schema;
      return writer.create(target, writerOptions, operation);
    },
  };
}

async function readBack(bytes: Uint8Array): Promise<CanonicalRow[]> {
  const reader = createReader();
  const file = memoryFile('/written.tar', bytes);
  const schema = schemaToBytes(written!);
  const rows: CanonicalRow[] = [];
  const survey = await reader.survey(file, { schema });
  expect(survey.schema).toEqual(schema);
  for (const fragment of survey.fragments.keys())
    for await (const batch of reader.read(file, fragment, { schema, targetBatchBytes: 2 ** 24 })) {
      expect(String(batch.schema)).toBe(String(written));
      rows.push(...rowsOf(batch));
    }
  return rows;
}

describeWriter({ describe, it, expect }, { makeWriter: () => makeWriter(), readBack });
