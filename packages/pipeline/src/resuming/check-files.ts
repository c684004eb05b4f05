import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ReadableFile } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';

/** A file that should be whole: its bytes, and what they must give. */
export interface FileToCheck {
  readonly location: string;
  readonly bytes: number;
  readonly sha256?: string | undefined;
  readonly crc32?: number | undefined;
}

export interface CheckFilesTask {
  readonly files: readonly FileToCheck[];
}

/** One answer per file, in order. */
export interface CheckFilesResult {
  readonly whole: readonly boolean[];
}

const readBytes = 4 * 2 ** 20;

async function hasDigests(file: ReadableFile, wanted: FileToCheck): Promise<boolean> {
  const hash = wanted.sha256 === undefined ? undefined : createHash('sha256');
  let sum = 0;
  for (let offset = 0; offset < file.size; offset += readBytes) {
    const bytes = await file.read(offset, Math.min(readBytes, file.size - offset));
    hash?.update(bytes);
    if (wanted.crc32 !== undefined) sum = crc32(bytes, sum);
  }
  return sum === (wanted.crc32 ?? 0) && hash?.digest('hex') === wanted.sha256;
}

/** Worker side of resuming: whether what an interrupted run left is what it said it wrote. Existence alone proves nothing. */
export async function checkFiles({ files }: CheckFilesTask, { storage }: PluginSet): Promise<CheckFilesResult> {
  const whole: boolean[] = [];
  for (const wanted of files) {
    const entry = await storage.stat(wanted.location);
    if (entry?.kind !== 'file' || entry.size !== wanted.bytes) {
      whole.push(false);
      continue;
    }
    const file = await storage.open(wanted.location);
    try {
      whole.push(await hasDigests(file, wanted));
    } finally {
      await file.close();
    }
  }
  return { whole };
}
