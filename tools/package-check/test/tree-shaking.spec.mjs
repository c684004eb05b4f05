import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { shakePackages } from '../tree-shaking.mjs';

it('says what a bundle holds that it should not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-shaken-'));
  const write = (path, text) => {
    const place = join(folder, 'node_modules', path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  };
  const packageOf = (name) =>
    write(
      `${name}/package.json`,
      JSON.stringify({ name, type: 'module', main: name.startsWith('@') ? 'dist/index.js' : 'index.js' }),
    );
  try {
    packageOf('other');
    write('other/index.js', 'globalThis.other = 1;\n');
    for (const [name, exported] of Object.entries({
      core: 'isShardPath, RiffleError',
      columnar: 'takeColumn',
      shuffler: 'createDeal, createPermutation',
      'layout-pattern': 'it as default',
    })) {
      packageOf(`@riffle/${name}`);
      const names = exported.replace('it as default', 'it').split(', ');
      write(
        `@riffle/${name}/dist/index.js`,
        `import 'other';\nimport './more.js';\nconst ${names.map((each) => `${each} = 1`).join(', ')};\nexport { ${exported} };\n`,
      );
      write(`@riffle/${name}/dist/more.js`, `globalThis.more = '${'x'.repeat(6000)}';\n`);
    }
    const problems = await shakePackages(folder);
    const ofDeal = problems.filter((problem) => problem.includes('createDeal'));
    expect(ofDeal).toEqual([
      expect.stringMatching(/\d{4} bytes, where 370 are allowed/),
      expect.stringContaining('shuffler/more'),
      expect.stringContaining('node_modules/other/index.js'),
    ]);
    expect(problems.filter((problem) => problem.includes('columnar'))).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
