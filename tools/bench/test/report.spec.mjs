import { describe, expect, it } from 'vitest';
import { plots } from '../src/plots/index.mjs';
import { aimsTable } from '../src/report/aims.mjs';
import { conditionsList } from '../src/report/conditions-list.mjs';
import { formatTable } from '../src/report/format-table.mjs';
import { markdown } from '../src/report/page.mjs';
import { proofCost } from '../src/report/proof-cost.mjs';
import { beyondTable } from '../src/report/scale-table.mjs';
import { smallTable } from '../src/report/small-table.mjs';
import { strategyTable } from '../src/report/strategy-table.mjs';
import { workloadTable } from '../src/report/workload-table.mjs';
import { median, pairedRatio, summarise } from '../src/statistics.mjs';

const run = (seconds, cpuSeconds = 2 * seconds) => ({
  seconds,
  cpuSeconds,
  peakBytes: 1.1e9,
  peakAnonymousBytes: 1e9,
  temporaryBytes: 5e6,
  readBytes: 3e6,
  writtenBytes: 2e6,
  outputBytes: 1e6,
  files: 64,
});
const conditions = {
  date: '2026-11-23',
  commit: 'abc1234',
  command: 'npm run bench',
  load: 0.2,
  machine: '2 × CPU',
  versions: 'Riffle 0',
};
const workload = (name, seconds, failures = {}) => ({
  name,
  conditions,
  rows: 1000,
  files: 20,
  bytes: 5e8,
  budgetBytes: 1e9,
  failures,
  runs: Object.fromEntries(Object.entries(seconds).map(([engine, list]) => [engine, list.map((each) => run(each))])),
});
const tokens = workload(
  'tokens',
  {
    riffle: [2, 3, 9],
    counts: [1, 2, 8],
    duckdb: [4, 4, 4],
    polars: [3, 4, 5],
    script: [10, 10],
    transcode: [2, 2, 2],
  },
  { copy: 'failed: no | space' },
);
const scaled = (name, series, rows, bytes, seconds, more = {}) => ({
  ...workload(name, { riffle: [seconds] }),
  series,
  rows,
  bytes,
  shards: 64,
  strategy: 'memory',
  decodedBytes: bytes,
  ...more,
});
const results = {
  workloads: [tokens],
  strategies: [
    {
      name: 'tokens 1GB',
      conditions,
      workload: 'tokens',
      budget: '1GB',
      chosen: 'memory',
      refused: { passes: 'No.' },
      failures: {},
      runs: { memory: [run(3), run(3)], spill: [run(2), run(2)] },
    },
  ],
  scale: [
    scaled('narrow, 10^5 rows', 'narrow', 1e5, 2e6, 1),
    scaled('narrow, 10^6 rows', 'narrow', 1e6, 2e7, 2),
    scaled('audio, 0.5 GB', 'audio', 5000, 5e8, 2),
    scaled('audio, 10 GB', 'audio', 1e5, 1e10, 100, { strategy: 'spill' }),
  ],
  small: [
    {
      name: 'small',
      conditions,
      runs: { node: [run(0.1), run(0.2)], version: [run(0.15), run(0.25)], job: [run(1), run(2)] },
    },
  ],
  formats: [
    {
      name: 'tokens, arrow',
      conditions,
      workload: 'tokens',
      format: 'arrow',
      rows: 1000,
      arrowBytes: 6e7,
      fileBytes: 5e7,
      library: 'apache-arrow 21',
      seconds: { write: [0.1, 0.3, 0.2], read: [0.1] },
    },
  ],
};

describe('statistics', () => {
  it('take the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(
      summarise([
        { a: 1, name: 'x' },
        { a: 5, name: 'y' },
      ]),
    ).toEqual({ a: { median: 3, minimum: 1, maximum: 5 } });
  });

  it('compare turn by turn, as far as both went', () => {
    expect(pairedRatio([run(2), run(3), run(9)], [run(1), run(1), run(9)])).toBe(2);
    expect(pairedRatio([run(2), run(3)], [run(1)])).toBe(2);
    expect(pairedRatio([run(2)], [])).toBeUndefined();
    expect(pairedRatio([run(2)], undefined)).toBeUndefined();
  });
});

describe('the tables', () => {
  it('hold the aims against the faster of the native engines', () => {
    expect(
      aimsTable([tokens]).map(({ against, ratio, met, 'with counts': counts }) => [against, ratio, met, counts]),
    ).toEqual([
      // Both have a median of 4 s: the first named is taken. 2/4, 3/4, 9/4.
      ['the fastest of DuckDB and Polars: duckdb', '0.75', '**no**', '0.50'],
      ['script', '0.25', 'yes', '0.15'],
      ['transcode', '1.50', '**no**', '1.00'],
    ]);
  });

  it('say of an aim that it could not be measured', () => {
    const [native, script] = aimsTable([workload('narrow', { riffle: [1] }, { script: 'longer than 600 s' })]);
    expect(native.met).toBe('not measured');
    expect(script.met).toBe('longer than 600 s');
  });

  it('give the speed of a format by the median, and nothing for a writer that there is not', () => {
    const [row] = formatTable(results.formats);
    expect(row).toMatchObject({ format: 'arrow', 'written at': '300 MB/s', 'read at': '600 MB/s' });
    const [csv] = formatTable([{ ...results.formats[0], seconds: { write: [], read: [0.6] } }]);
    expect(csv).toMatchObject({ 'written at': '', 'read at': '100 MB/s' });
  });

  it('give the memory beyond the budget, and what failed', () => {
    const rows = workloadTable([tokens]);
    expect(rows[0]).toMatchObject({
      engine: 'riffle',
      runs: '3',
      time: '3.0 s (2.0–9.0)',
      ratio: '',
      'over budget': '+95 MiB',
    });
    expect(rows.find(({ engine }) => engine === 'duckdb')).toMatchObject({ ratio: '0.75', 'over budget': '' });
    expect(rows.at(-1)).toMatchObject({ engine: '`cp`', runs: '0', time: 'failed: no \\| space' });
  });

  it('compare what the proof costs', () => {
    expect(proofCost([tokens, workload('narrow', { riffle: [1] })])).toEqual([
      {
        workload: 'tokens',
        full: '3.0 s',
        counts: '2.0 s',
        ratio: '1.50',
        'full, cpu': '6.0 s',
        'counts, cpu': '4.0 s',
        'ratio, cpu': '1.50',
      },
    ]);
  });

  it('tell by how much the chosen strategy misses the best', () => {
    expect(strategyTable(results.strategies)).toEqual([
      {
        workload: 'tokens',
        budget: '1GB',
        memory: '3.0 s',
        spill: '2.0 s',
        passes: 'not possible',
        chosen: 'memory',
        'chosen over best': '1.50',
        'peak memory of chosen': '1,100 MB',
      },
    ]);
  });

  it('compare data beyond the budget with data that fits', () => {
    // 10 s a gigabyte over 4.
    expect(beyondTable(results.scale)).toMatchObject([
      {
        job: 'audio, 10 GB (spill)',
        'decoded, over its budget': '10.0 times',
        'time per byte, ratio': '2.50',
        met: '**no**',
      },
    ]);
  });

  it('take Node’s own start off small jobs', () => {
    expect(smallTable(results.small).map((row) => row['beyond Node’s own start'])).toEqual(['', '0.05 s', '1.4 s']);
  });

  it('tell conditions once if all was measured together, else by result', () => {
    expect(conditionsList([tokens, tokens])).toMatch(
      /^- 2026-11-23, commit abc1234, `npm run bench`, load before the start 0\.2; /,
    );
    const later = { ...tokens, name: 'audio', conditions: { ...conditions, commit: 'def5678' } };
    expect(conditionsList([tokens, later]).split('\n')).toEqual([
      expect.stringMatching(/^- tokens: .*abc1234/),
      expect.stringMatching(/^- audio: .*def5678/),
    ]);
  });
});

describe('the page', () => {
  const pictures = plots(results);
  const page = markdown(results, pictures);

  it('has every section and shows every picture with its words', () => {
    expect(page.match(/^##+ .*$/gm)).toEqual([
      '## Aims',
      '## Workloads',
      '### What the proof costs',
      '## Strategies',
      '## Scale',
      '## Small jobs',
      '## Formats alone',
      '## Inputs',
      '## How it was measured',
    ]);
    expect(Object.keys(pictures)).toEqual(['ratios', 'rows', 'gigabytes', 'memory']);
    for (const [name, { words }] of Object.entries(pictures))
      expect(page).toContain(`![${words}](benchmarks/${name}.svg)`);
    expect(pictures.rows.words).toContain('10⁵: 10 µs; 10⁶: 2 µs');
    expect(pictures.memory.words).toContain('audio, 10 GB: 1049 MiB');
  });

  it('leaves out what was not measured', () => {
    const none = { workloads: [], strategies: [], scale: [], small: [], formats: [] };
    expect(plots(none)).toEqual({});
    expect(markdown({ ...none, small: results.small }, {}).match(/^## .*$/gm)).toEqual([
      '## Small jobs',
      '## How it was measured',
    ]);
  });

  it('draws for a light and a dark page, and says what it shows', () => {
    for (const { svg, words } of Object.values(pictures)) {
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).toContain('prefers-color-scheme: dark');
      expect(svg).toContain(`<desc id="description">${words.replaceAll('>', '&gt;')}</desc>`);
      expect(svg).not.toMatch(/NaN|undefined/);
    }
  });
});
