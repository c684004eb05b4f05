import { isBadContent, type DecodeLimits, type FileInspection } from '@riffle/core';
import type { RecordBatch } from 'apache-arrow';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { previewValue } from './preview-value.ts';
import { quoted } from './short-text.ts';

/** Ask readers how files are stored. */
export interface InspectTask {
  readonly files: readonly { readonly location: string; readonly reader: number }[];
}

/** One answer per file, in order: what its reader says, undefined if it says nothing, or a sentence if it cannot. */
export interface InspectResult {
  readonly files: readonly (FileInspection | string | undefined)[];
}

/** Show the first rows of one file. */
export interface PreviewTask {
  readonly location: string;
  readonly reader: number;
  /** Those with rows, in order. */
  readonly fragments: readonly number[];
  readonly rows: number;
  /** Columns shown: files may have very many. */
  readonly columns: number;
  /** By column, the names of a ClassLabel's numbers. */
  readonly labels: readonly (readonly string[] | undefined)[];
  readonly limits: DecodeLimits;
}

export interface PreviewResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Enough for the first rows of most files; larger rows come one by one. */
const PREVIEW_BYTES = 2 ** 20;

/** Worker side of an inspection's metadata. Bad content is an answer; what depends on the machine is thrown. */
export async function inspectFiles({ files }: InspectTask, { readers, storage }: PluginSet): Promise<InspectResult> {
  const answers: (FileInspection | string | undefined)[] = [];
  for (const { location, reader } of files) {
    const file = await storage.open(location);
    try {
      answers.push(await readers[reader]!.inspect?.(file));
    } catch (error) {
      if (!isBadContent(error)) throw error;
      answers.push(error.message);
    } finally {
      await file.close();
    }
  }
  for (const reader of readers) reader.release?.();
  return { files: answers };
}

/** `1 = "dog"`. */
function labelled(text: string | null, names: readonly string[] | undefined): string | null {
  const name = text === null || !/^\d+$/.test(text) ? undefined : names?.[Number(text)];
  return name === undefined ? text : `${text} = ${quoted(name)}`;
}

async function rowTexts(batch: RecordBatch, row: number, { columns, labels }: PreviewTask) {
  const texts: (string | null)[] = [];
  for (const [column, data] of batch.data.children.slice(0, columns).entries())
    texts.push(labelled(await previewValue(data, row), labels[column]));
  return texts;
}

/** Worker side of an inspection's rows: decodes no more than they need. @throws BadContentError if they cannot be decoded. */
export async function previewRows(task: PreviewTask, { readers, storage }: PluginSet): Promise<PreviewResult> {
  const rows: (readonly (string | null)[])[] = [];
  let names: readonly string[] = [];
  const reader = readers[task.reader]!;
  const file = await storage.open(task.location);
  try {
    for (const fragment of task.fragments) {
      if (rows.length >= task.rows) break;
      const batches = reader.read(file, fragment, { targetBatchBytes: PREVIEW_BYTES, limits: task.limits });
      for await (const batch of batches) {
        names = batch.schema.fields.slice(0, task.columns).map((field) => field.name);
        const more = Math.min(batch.numRows, task.rows - rows.length);
        for (let row = 0; row < more; row++) rows.push(await rowTexts(batch, row, task));
        if (rows.length >= task.rows) break;
      }
    }
  } finally {
    await file.close();
    reader.release?.();
  }
  return { columns: names, rows };
}
