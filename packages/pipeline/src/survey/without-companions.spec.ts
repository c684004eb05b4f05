import { expect, it } from 'vitest';
import type { ExaminedFile } from './examine-files.ts';
import { withoutCompanions } from './without-companions.ts';

const readers = [{ name: 'kept', isCache: (name: string) => name.startsWith('cache-') }, { name: 'other' }];
const file = (reader: number) => ({ status: 'failed', reader }) as unknown as ExaminedFile;
const left = (paths: readonly string[], reader = 0) => {
  const { examined, warnings } = withoutCompanions(
    paths.map(() => file(reader)),
    paths,
    readers,
  );
  return { left: paths.filter((_, index) => examined[index]!.status === 'ignored'), warnings };
};

it('caches are left out beside data, and told', () => {
  expect(left(['a/data.x', 'a/cache-1.x', 'b/cache-2.x'])).toEqual({
    left: ['a/cache-1.x', 'b/cache-2.x'],
    warnings: [
      expect.stringMatching(
        /^a\/cache-1\.x, b\/cache-2\.x stand beside data, of which they are caches, and are not read/,
      ),
    ],
  });
});

it('caches alone are data: somebody gave them', () => {
  expect(left(['cache-1.x', 'a/cache-2.x'])).toEqual({ left: [], warnings: [] });
});

it('what another format calls a cache is no business of this one', () => {
  expect(left(['data.y', 'cache-1.y'], 1)).toEqual({ left: [], warnings: [] });
});
