import { expect, it } from 'vitest';
import { codeBlocks, readPage } from '../src/pages.mjs';
import { runExample } from '../src/run-example.mjs';

it.each([
  ['core', '256 1000000000\ntrue 1\n'],
  ['columnar', /^Int32Array\(3\) \[ 3, 2, 1 \]\ntrue\n$/],
  ['shuffler', '9 1\n[ 4, 3, 3 ] 2\n'],
])('the example of packages/%s/README.md prints what it says', async (name, expected) => {
  const stdout = await runExample(codeBlocks(readPage(`packages/${name}/README.md`), 'js')[0]);
  if (typeof expected === 'string') expect(stdout).toBe(expected);
  else expect(stdout).toMatch(expected);
});
