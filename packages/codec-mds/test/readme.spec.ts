import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

test('the example of the README works on the built package', async () => {
  const readme = readFileSync(join(project, 'README.md'), 'utf8');
  const example = /```js\n(.*?)```/s.exec(readme)![1]!;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', example], {
    cwd: project,
    // Nx asks for colours, which Node then prints into what is compared.
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  expect(stdout).toBe('ndarray:float32 ndarray:float32:3\nList<Int16>\n');
});
