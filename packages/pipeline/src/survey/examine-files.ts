import {
  isBadContent,
  lossKindOf,
  RiffleError,
  type DecodeLimits,
  type ErrorCode,
  type FileSurvey,
  type LossKind,
  type ReadableFile,
  type Reader,
  type Storage,
} from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { hasExtension } from './has-extension.ts';
import { refuseDeclaredBomb } from './refuse-declared-bomb.ts';

/** Look into some files: which reader knows them, and what their metadata says. */
export interface ExamineTask {
  readonly files: readonly { readonly path: string; readonly location: string }[];
  readonly limits: DecodeLimits;
}

export type ExaminedFile =
  | {
      readonly status: 'readable';
      readonly reader: number;
      readonly survey: FileSurvey;
      /** Bytes and version of what was opened, which may be newer than what was listed. */
      readonly size: number;
      readonly version: string | undefined;
    }
  | { readonly status: 'ignored' }
  | {
      readonly status: 'bad';
      readonly reader: number;
      readonly code: ErrorCode;
      readonly kind: LossKind;
      readonly reason: string;
    };

/** One answer per file, in order. */
export interface ExamineResult {
  readonly files: readonly ExaminedFile[];
}

async function chooseReader(file: ReadableFile, path: string, readers: readonly Reader[]): Promise<number> {
  const wanted = Math.max(...readers.map((reader) => reader.headBytes));
  const head = await file.read(0, Math.min(wanted, file.size));
  for (const [index, reader] of readers.entries()) if (await reader.detect(head)) return index;
  // A known extension is a promise: the reader then says what the file really is.
  return readers.findIndex((reader) => hasExtension(path, [reader]));
}

/** Half of a file that is being written looks truncated: such a verdict would depend on the moment. */
async function refuseChanged(storage: Storage, { location, size, version }: ReadableFile): Promise<void> {
  const now = await storage.stat(location);
  if (now?.kind === 'file' && now.size === size && now.version === version) return;
  throw new RiffleError(
    'FILE_CHANGED',
    `${location} changed while its metadata was being read. Run again once nothing writes there.`,
    { file: location },
  );
}

/** Worker side of the survey. Bad content is an answer; what depends on the machine is thrown. */
export async function examineFiles(task: ExamineTask, { readers, storage }: PluginSet): Promise<ExamineResult> {
  const files: ExaminedFile[] = [];
  for (const { path, location } of task.files) {
    const file = await storage.open(location);
    let reader = -1;
    try {
      reader = await chooseReader(file, path, readers);
      if (reader < 0) {
        files.push({ status: 'ignored' });
        continue;
      }
      const survey = await readers[reader]!.survey(file);
      refuseDeclaredBomb(survey, file.size, task.limits);
      files.push({ status: 'readable', reader, survey, size: file.size, version: file.version });
    } catch (error) {
      if (!isBadContent(error)) throw error;
      await refuseChanged(storage, file);
      files.push({
        status: 'bad',
        reader,
        code: error.code,
        kind: lossKindOf(error.code, error.details),
        reason: error.message,
      });
    } finally {
      await file.close();
    }
  }
  return { files };
}
