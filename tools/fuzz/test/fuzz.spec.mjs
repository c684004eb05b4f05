import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { outcomes, runCampaign } from '../src/campaign.mjs';
import { makeMutant } from '../src/make-mutants.mjs';
import { loadOrigins, spreadOver } from '../src/origins.mjs';
import { markdown } from '../src/report.mjs';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/parquet-testing', import.meta.url));

describe('a short run', () => {
  let campaign;
  beforeAll(async () => {
    const origins = spreadOver(await loadOrigins(corpus), 5);
    campaign = await runCampaign({ origins, mutants: 250, seed: 2, requestSeconds: 100 });
  });

  it('breaks no promise', () => {
    expect(campaign.violations).toEqual([]);
    expect(campaign.records).toHaveLength(250);
    expect(campaign.checkedByDuckDB).toBeGreaterThan(0);
  });

  it('has every outcome, so that the promises were put to the test', () => {
    const seen = new Set(campaign.records.map(({ outcome }) => outcome));
    expect(seen).toEqual(new Set(Object.values(outcomes)));
    expect(new Set(campaign.records.map(({ kind }) => kind)).size).toBeGreaterThan(6);
  });

  it('makes a page like the one in the docs', () => {
    const page = markdown({ command: '', seed: 2, date: '', minutes: 1, campaign, version: '' });
    const committed = readFileSync(
      fileURLToPath(new URL('../../../docs/reference/fuzzing.md', import.meta.url)),
      'utf8',
    );
    expect(skeleton(committed)).toEqual(skeleton(page));
  });
});

/** Everything but numbers, what follows the colon in a list, and rows of tables. */
function skeleton(page) {
  const lines = page.split('\n');
  return lines
    .filter((line, index) => !line.startsWith('|') || !lines[index - 1].startsWith('|'))
    .map((line) => (line.startsWith('- ') ? line.replace(/:.*/, ':') : line).replace(/\d[\d.,]*/g, 'N'));
}

describe('mutants', () => {
  it('are the same for the same seed and number, and others for others', async () => {
    const origins = await loadOrigins('/nowhere');
    const bytes = (seed, index) => Buffer.from(makeMutant(origins, seed, index).bytes).toString('base64');
    expect(origins).toHaveLength(10);
    expect(bytes(1, 7)).toBe(bytes(1, 7));
    expect(bytes(1, 8)).not.toBe(bytes(1, 7));
    expect(bytes(2, 7)).not.toBe(bytes(1, 7));
  });
});
