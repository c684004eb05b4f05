import type { InputShardReceipt, Manifest } from '@riffle/core';
import { compareUtf8 } from '../survey/find-files.ts';
import { collectionContradictions } from './judge-collections.ts';
import { sumOfFingerprints } from './sum-of-fingerprints.ts';

/** Sentences about what the receipt says of the inputs and cannot be, of each kind the first. */
export function inputContradictions(manifest: Manifest): readonly string[] {
  const { plan, receipt } = manifest;
  const rows = sumOfRows(receipt.inputs);
  const messages = [
    rows === plan.rows ? undefined : `The manifest's inputs have ${rows} rows together and its plan says ${plan.rows}.`,
    sumOfFingerprints(receipt.inputs) === receipt.fingerprint
      ? undefined
      : "The fingerprints of the manifest's inputs do not add up to receipt.fingerprint.",
    ...collectionContradictions(manifest),
    firstShardContradiction(receipt.inputs),
    orderContradiction(manifest),
  ];
  return messages.filter((message) => message !== undefined);
}

function sumOfRows(parts: readonly { readonly rows: number }[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

function nameOf({ collection, path }: InputShardReceipt): string {
  return `shard ${JSON.stringify(path)} of collection ${JSON.stringify(collection)}`;
}

function firstShardContradiction(inputs: readonly InputShardReceipt[]): string | undefined {
  for (const input of inputs) {
    const message = shardContradiction(input);
    if (message !== undefined) return message;
  }
  return undefined;
}

function shardContradiction(shard: InputShardReceipt): string | undefined {
  const { path, rows, files } = shard;
  if (files.length === 0) return `The manifest has ${nameOf(shard)} without a file.`;
  if (sumOfRows(files) !== rows)
    return `The manifest says that ${nameOf(shard)} has ${rows} rows, and its files have ${sumOfRows(files)}.`;
  const stray = files.find((file) => !staysBelow(file.path) || !belongsTo(file.path, path));
  if (stray !== undefined)
    return `The manifest has the file ${JSON.stringify(stray.path)} in ${nameOf(shard)}, where it cannot be.`;
  const unsorted = files.find((file, index) => index > 0 && compareUtf8(files[index - 1]!.path, file.path) >= 0);
  if (unsorted === undefined) return undefined;
  return `The manifest has the files of ${nameOf(shard)} out of order at ${JSON.stringify(unsorted.path)}.`;
}

/** Whether a path stays below its collection. */
function staysBelow(path: string): boolean {
  return !path.includes('\0') && path.split('/').every((segment) => !['', '.', '..'].includes(segment));
}

/** A shard is a file in the collection's root, or the files of one folder. */
function belongsTo(file: string, shard: string): boolean {
  return file === shard || (file.startsWith(`${shard}/`) && !file.includes('/', shard.length + 1));
}

/** Collections as in the plan, and within them shards by path. */
function orderContradiction({ plan, receipt: { inputs } }: Manifest): string | undefined {
  const numbers = new Map(plan.collections.map(({ name }, index) => [name, index]));
  const wrong = inputs.find((input, index) => {
    const before = inputs[index - 1];
    if (before === undefined) return false;
    const step = (numbers.get(input.collection) ?? -1) - (numbers.get(before.collection) ?? -1);
    return step < 0 || (step === 0 && compareUtf8(before.path, input.path) >= 0);
  });
  return wrong === undefined ? undefined : `The manifest has ${nameOf(wrong)} out of order.`;
}
