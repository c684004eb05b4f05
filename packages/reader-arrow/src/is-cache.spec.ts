import { expect, it } from 'vitest';
import { createArrowReader } from './arrow-reader.ts';

it('knows by their names what datasets keeps beside the data', () => {
  const { isCache } = createArrowReader();
  const caches = ['cache-245426156991ee2f.arrow', 'cache-1f_00001_of_00004.arrow', 'tmpq3_2v1xz'];
  const others = ['data-00000-of-00001.arrow', 'json-train.arrow', 'mycache-1.arrow', 'tmp.arrow', 'tmpq3_2v1xz.arrow'];
  expect([...caches, ...others].filter((name) => isCache!(name))).toEqual(caches);
});
