import type { Manifest, OutputShardReceipt } from '@riffle/core';

/** The files of one split, as globs, with what is in them. */
export interface SplitFiles {
  readonly name: string;
  readonly globs: readonly string[];
  readonly rows: number;
  readonly bytes: number;
}

/** The column whose values are names of splits, where a result is partitioned by it. */
const splitColumn = 'split';
const onlySplit = 'train';
/** What `datasets` takes for a name of a split. */
const splitName = /^\w+(?:\.\w+)*$/;
/** Folders that are named one by one. */
const mostFolders = 50;

function globsOf(files: readonly OutputShardReceipt[], extension: string): readonly string[] {
  const folders = new Set(files.map(({ file }) => file.slice(0, file.lastIndexOf('/') + 1)));
  return folders.size > mostFolders ? [`**/*${extension}`] : [...folders].map((folder) => `${folder}*${extension}`);
}

function splitFiles(name: string, files: readonly OutputShardReceipt[], extension: string): SplitFiles {
  const sum = (key: 'rows' | 'bytes') => files.reduce((total, file) => total + file[key], 0);
  return { name, globs: globsOf(files, extension), rows: sum('rows'), bytes: sum('bytes') };
}

/** The splits of a result: one, unless it is partitioned by a column `split` whose values can be names of splits. */
export function splitsOf({ plan, receipt: { outputs } }: Manifest): readonly SplitFiles[] {
  const extension = /\.\w+$/.exec(outputs[0]?.file ?? '')?.[0] ?? '.parquet';
  const place = (plan.partitionBy ?? []).findIndex(({ column }) => column === splitColumn);
  const bySplit = new Map<string, OutputShardReceipt[]>();
  for (const output of outputs) {
    const name = output.partition?.[place] ?? '';
    const files = bySplit.get(name);
    if (files === undefined) bySplit.set(name, [output]);
    else files.push(output);
  }
  const splits = [...bySplit].map(([name, files]) => splitFiles(name, files, extension));
  const areSplits =
    place >= 0 && splits.every(({ name, globs }) => splitName.test(name) && !globs[0]!.startsWith('**'));
  return areSplits
    ? splits.toSorted((one, other) => (one.name < other.name ? -1 : 1))
    : [splitFiles(onlySplit, outputs, extension)];
}
