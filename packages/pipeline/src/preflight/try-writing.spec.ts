import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFileStorage } from '@riffle/storage-file';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { tryWriting } from './try-writing.ts';

const folder = temporaryFolder();

it('is not disturbed by jobs that try the same new folder at the same time, and leaves nothing behind', async () => {
  const storage = createFileStorage();
  const location = join(folder, 'new', 'deeper');
  for (let round = 0; round < 20; round++) {
    await Promise.all(Array.from({ length: 4 }, () => tryWriting(location, storage)));
    expect(readdirSync(folder)).toEqual([]);
  }
});
