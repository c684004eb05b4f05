import { createRowBuilder } from '@riffle/codec-text';
import { splitName, walkMembers, type MemberPlan } from '@riffle/codec-webdataset';
import type { OperationOptions, ReadableFile } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import { inSample, sampleRows } from './sample-row.ts';
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

/**
 * The rows of a run of samples. The run is read at once; a batch has about `targetBatchBytes` of Arrow data.
 * @throws BadContentError for what is no value of its column's type
 */
export async function* readSamples(
  file: ReadableFile,
  { start, end }: SampleRun,
  plan: MemberPlan,
  { targetBatchBytes, signal }: OperationOptions & { readonly targetBatchBytes: number },
): AsyncGenerator<RecordBatch> {
  const bytes = await file.read(start, end - start, { signal });
  const toRow = sampleRows(plan);
  const builder = createRowBuilder(plan.schema, 'refuse');
  let key: string | undefined;
  let members = new Map<string, Uint8Array>();
  let sampleBytes = 0;

  /** Adds the sample that was gathered. Returns the rows before it where it would make them too many. */
  function endSample(): RecordBatch | undefined {
    if (key === undefined) return undefined;
    const isFull = builder.rows() > 0 && builder.bytesWith(sampleBytes) > targetBatchBytes;
    const before = isFull ? builder.finish() : undefined;
    try {
      builder.append(toRow(key, members), sampleBytes);
    } catch (error) {
      throw inSample(key, error);
    }
    members = new Map();
    return before;
  }

  for await (const member of walkMembers(sliceOf(file, bytes), { range: { start: 0, end: bytes.length } })) {
    const name = splitName(member.name);
    if (name === undefined) continue;
    if (name.key !== key) {
      signal?.throwIfAborted();
      const batch = endSample();
      if (batch !== undefined) yield batch;
      key = name.key;
      sampleBytes = key.length;
    }
    members.set(name.ending, bytes.subarray(member.start, member.start + member.size));
    sampleBytes += member.size;
  }
  const batch = endSample();
  if (batch !== undefined) yield batch;
  if (builder.rows() > 0) yield builder.finish();
}
