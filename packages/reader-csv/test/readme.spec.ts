import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

test('the example of the README works on the built package', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-readme-'));
  try {
    const path = join(folder, 'speech.csv');
    writeFileSync(path, 'id,text\n1,one\n2,\n');
    const readme = readFileSync(join(project, 'README.md'), 'utf8');
    const example = /```js\n(.*?)```/s.exec(readme)![1]!.replaceAll("'speech.csv'", JSON.stringify(path));
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
      cwd: project,
      // Nx asks for colours, which Node then prints into what is compared.
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    expect(stdout).toBe('2 rows\n2 Schema<{ 0: id: Int32, 1: text: Utf8 }>\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
