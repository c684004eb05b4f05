import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStorage } from '@riffle/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { directCalls, pooledCalls } from './file-calls.ts';
import { fileStorageWith } from './file-storage.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

describe.each([
  ['on the main thread', pooledCalls],
  ['in a worker', directCalls],
])('%s', (_, calls) => {
  describeStorage(
    { describe, it, expect },
    {
      makeStorage: async () => {
        const folder = await mkdtemp(join(tmpdir(), 'storage-file-'));
        folders.push(folder);
        return { storage: fileStorageWith(calls), folder };
      },
    },
  );
});
