import { expect, it } from 'vitest';
import { missingPackages } from '../published.mjs';

it('a package that is not behind a parcel is missing', () => {
  const output =
    '> nx run @x/one:nx-release-publish\n\n📦  @x/one@1.0.0 → npm\n\n> nx run @x/two:nx-release-publish\nSkipped @x/two\n';
  expect(missingPackages(output, ['@x/one', '@x/two', '@x/on'])).toEqual(['@x/two', '@x/on']);
});
