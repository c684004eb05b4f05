import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeDataset } from '@riffle/testkit';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

test('the example of the README works on the built package', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-readme-'));
  try {
    const { files } = await makeDataset(folder, { collections: ['a'], shardsPerCollection: 1, rowsPerShard: 50 });
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const example = /```js\n(.*?)```/s.exec(readme)![1]!.replaceAll("'speech.parquet'", JSON.stringify(files[0]!.path));
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
      cwd: project,
      // Nx asks for colours, which Node then prints into what is compared.
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    expect(stdout).toMatch(/^50\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
