import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { END, frameMember } from '@riffle/codec-webdataset';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

test('the example of the README works on the built package', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-readme-'));
  try {
    const path = join(folder, 'speech.tar');
    const { before, after } = frameMember('a.txt', 3);
    writeFileSync(path, Buffer.concat([before, Buffer.from('one'), after, END]));
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const example = /```js\n(.*?)```/s.exec(readme)![1]!.replaceAll("'speech.tar'", JSON.stringify(path));
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
      cwd: project,
      // Nx asks for colours, which Node then prints into what is compared.
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    expect(stdout).toBe("1 rows in 1 fragments\n1 [ '__key__', 'txt' ]\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
