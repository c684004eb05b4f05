import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

describeConsumers('a dataset card', (scratch) => {
  const load = (environment, output) => askPython(environment, ['load_card.py', output], { scratch });

  // What one version of datasets made, the other may not know at all.
  describe.each([
    ['datasets-5', ['datasets-5']],
    ['datasets-3', ['datasets-3', 'datasets-5']],
  ])('of every feature that %s has', (environment, readers) => {
    const output = join(scratch, `${environment}-output`);
    let report;

    beforeAll(async () => {
      await askPython(environment, ['make_features.py', environment, 'one', 'two'], { scratch });
      const inputs = { one: join(scratch, environment, 'one'), two: join(scratch, environment, 'two') };
      report = await runRiffle(inputs, output, '--shards', '2', '--card');
    });

    it.each(readers)('gives %s the features without reading a file, and the files are that', async (reader) => {
      const found = await load(reader, output);
      expect(Object.keys(found.described).length).toBeGreaterThan(80);
      expect(report.warnings).toEqual([]);
      expect(found.described).toEqual(found.stored);
      expect(found.loaded).toEqual(found.stored);
      expect(found).toMatchObject({
        splits: { train: 10 },
        rows: 10,
        same_types: true,
        size_categories: ['n<1K'],
        again: true,
      });
    });
  });

  it('of columns that nobody said anything of is read by both', async () => {
    await askPython('datasets-5', ['make_plain.py', 'plain'], { scratch });
    const output = join(scratch, 'plain-output');
    await runRiffle({ plain: join(scratch, 'plain') }, output, '--shards', '1', '--card');
    for (const environment of ['datasets-5', 'datasets-3']) {
      const found = await load(environment, output);
      expect(found.described).toEqual(found.stored);
      expect(found.loaded).toEqual(found.stored);
      expect(found).toMatchObject({ same_types: true, again: true });
    }
  });
});
