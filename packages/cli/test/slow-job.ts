import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '@riffle/core';
import { makeDataset } from '@riffle/testkit';
import { temporaryFolder } from './fake-host.ts';

const slowStorage = new URL('plugins/slow-storage.mjs', import.meta.url).href;

const words = 'run --input a=a --input b=b --output out --shards 4 --strategy spill --memory 512MB --workers 1';
/** A job on 600 rows that spills, with a storage that can be made slow. */
export const slowJob: readonly string[] = [
  ...`${words} --log-format json --set`.split(' '),
  `plugins.storage.specifier=${JSON.stringify(slowStorage)}`,
];

/** What starts the command so that it is slow from the start of this stage on. */
export function slowFrom(stage: StageName, workingFolder: string): readonly string[] {
  return ['env', `SLOW_FROM=${stage}`, `SLOW_SWITCH=${join(workingFolder, `slow-${stage}`)}`];
}

export async function folderWithData(): Promise<string> {
  const folder = temporaryFolder();
  await makeDataset(folder, { rowsPerShard: 100 });
  return folder;
}

/** sha256 of what is at final names. */
export function publishedHashes(output: string): readonly string[] {
  if (!existsSync(output)) return [];
  return readdirSync(output)
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) =>
      createHash('sha256')
        .update(readFileSync(join(output, name)))
        .digest('hex'),
    );
}

/** Names in `.riffle`. */
export function stateOf(output: string): readonly string[] {
  const folder = join(output, '.riffle');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
