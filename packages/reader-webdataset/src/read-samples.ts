import { buildColumn, splitName, walkMembers, type MemberPlan } from '@riffle/codec-webdataset';
import { batchOfColumns } from '@riffle/columnar';
import type { OperationOptions, ReadableFile } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import { sampleCells, type Row } from './sample-cells.ts';
import type { SampleRun } from './scan-samples.ts';

/** Bytes in memory as a file. */
function sliceOf({ location }: ReadableFile, bytes: Uint8Array): ReadableFile {
  return {
    location,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => undefined,
  };
}

function toBatch(plan: MemberPlan, rows: readonly Row[]): RecordBatch {
  const columns = plan.schema.fields.map((field) =>
    buildColumn(
      field,
      rows.map((row) => row[field.name] ?? null),
      field.name,
    ),
  );
  return batchOfColumns(plan.schema, { rows: rows.length, columns });
}

const rowBytes = 64;

/**
 * The rows of a run of samples. The run is read at once; a batch has about `targetBatchBytes` of members.
 * @throws BadContentError for what is no value of its column's type
 */
export async function* readSamples(
  file: ReadableFile,
  { start, end }: SampleRun,
  plan: MemberPlan,
  { targetBatchBytes, signal }: OperationOptions & { readonly targetBatchBytes: number },
): AsyncGenerator<RecordBatch> {
  const bytes = await file.read(start, end - start, { signal });
  let rows: Row[] = [];
  let batchBytes = 0;
  let key: string | undefined;
  let members = new Map<string, Uint8Array>();
  let sampleBytes = 0;
  const endSample = () => {
    if (key !== undefined) rows.push(sampleCells(key, members, plan));
    batchBytes += sampleBytes;
    [members, sampleBytes] = [new Map(), rowBytes];
  };
  const range = { start: 0, end: bytes.length };
  for await (const member of walkMembers(sliceOf(file, bytes), { range })) {
    const name = splitName(member.name);
    if (name === undefined) continue;
    if (name.key !== key) {
      endSample();
      key = name.key;
      if (batchBytes >= targetBatchBytes && rows.length > 0) {
        signal?.throwIfAborted();
        yield toBatch(plan, rows);
        [rows, batchBytes] = [[], 0];
      }
    }
    members.set(name.ending, bytes.subarray(member.start, member.start + member.size));
    sampleBytes += member.size;
  }
  endSample();
  if (rows.length > 0) yield toBatch(plan, rows);
}
