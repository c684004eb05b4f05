import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  errorTable,
  RecipeInvalidError,
  RiffleError,
  type ErrorCode,
  type JobOptions,
  type Recipe,
} from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { refuseUnfinished } from '../src/commands/unfinished.ts';
import { main } from '../src/main.ts';
import { emptyReport, fakeHost, samplePlan, type FakeHost } from './fake-host.ts';

const job = ['--input', 'a=in', '--output', 'out'];

function failing(error: unknown) {
  return fakeHost({ run: () => Promise.reject(error) });
}

describe('exit status', () => {
  it('is 0 after a job, whose report is the one document on stdout', async () => {
    const host = fakeHost({ run: () => Promise.resolve(emptyReport) });
    expect(await main(['run', ...job, '--json'], host)).toBe(0);
    expect(JSON.parse(host.written.stdout)).toEqual(emptyReport);
    expect(host.written.stderr).toContain('Done and verified: 10 rows in 2 shards, out');
  });

  it('writes nothing to stdout without --json', async () => {
    const host = fakeHost({ run: () => Promise.resolve(emptyReport) });
    expect(await main(['run', ...job], host)).toBe(0);
    expect(host.written.stdout).toBe('');
  });

  it.each(Object.entries(errorTable).map(([code, { exit }]) => [code as ErrorCode, exit] as const))(
    'is that of the table for %s: %d',
    async (code, exit) => {
      const host = failing(new RiffleError(code, 'It did not work.', { file: 'x.parquet' }));
      expect(await main(['run', ...job, '--json'], host)).toBe(exit);
      expect(JSON.parse(host.written.stdout)).toEqual({
        ok: false,
        error: { code, message: 'It did not work.', details: { file: 'x.parquet' } },
      });
      expect(host.written.stderr).toContain('riffle: It did not work.');
    },
  );

  it('is 1 for a bug, which is called one', async () => {
    const host = failing(new TypeError('x is not a function'));
    expect(await main(['run', ...job, '--json'], host)).toBe(1);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL', message: 'x is not a function' },
    });
    expect(host.written.stderr).toContain('This is a bug in Riffle.');
  });

  it('is the error’s own where losses brought it about', async () => {
    expect(await main(['run', ...job], failing(new RiffleError('SHARDS_EXCEED_ROWS', 'x', {}, { exitCode: 1 })))).toBe(
      1,
    );
  });

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('is that of the signal %s: %d', async (name, exitCode) => {
    const host = fakeHost({
      run: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new RiffleError('CANCELLED', 'The job was stopped.')));
          host.stop(name, exitCode);
        }),
    });
    expect(await main(['run', ...job, '--json'], host)).toBe(exitCode);
    expect(JSON.parse(host.written.stdout)).toMatchObject({ error: { code: 'CANCELLED', details: { signal: name } } });
    expect(host.written.stderr).toContain(`riffle: Stopped by ${name}.`);
    expect(host.written.stderr).toContain(
      'The output folder out does not exist.\n  Next: riffle run --input a=in --output out --json\n',
    );
  });
});

describe('usage', () => {
  it('of init without a terminal is refused with the way that needs none', async () => {
    const host = fakeHost();
    expect(await main(['init'], host)).toBe(2);
    expect(host.written.stderr).toContain('riffle init asks questions');
    expect(host.written.stderr).toContain('riffle run --input NAME=PATH --output DIR');
    expect(host.written.stdout).toBe('');
  });

  it.each<[string, RegExp]>([
    ['rnu', /unknown command 'rnu' \(Did you mean run\?\)/],
    ['run --shrads 3', /unknown option '--shrads' \(Did you mean --shards\?\)/],
    ['run a b', /too many arguments for 'run'/],
    ['run --log-format xml', /argument 'xml' is invalid\. Allowed choices are text, json/],
    ['run --log-format jsno', /Allowed choices are text, json \(Did you mean json\?\)/],
    ['verify', /missing required argument 'dir'/],
  ])('is refused with status 2 and a hint: %s', async (words, message) => {
    const host = fakeHost();
    expect(await main([...words.split(' '), '--json'], host)).toBe(2);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      ok: false,
      error: { code: 'USAGE', message: expect.stringMatching(message) },
    });
    expect(host.written.stderr).toMatch(message);
    expect(host.written.stderr).not.toContain('published');
  });

  it('of a command without code is refused, not ignored', () => {
    const later = { name: 'later', summary: 'not there yet', flags: [], publishes: false };
    const message =
      'The command later is not available in this version of Riffle. Nothing was done; use a later version.';
    expect(() => refuseUnfinished(later)).toThrow(expect.objectContaining({ code: 'NOT_AVAILABLE', message }));
  });

  it.each<[string, RegExp]>([
    ['--strategy spil', /--strategy: must be one of auto, memory, spill, passes, not "spil"; did you mean spill\?/],
    ['--set shards2=3', /shards2: is not a known key; did you mean shards\?/],
    ['--set columns.slect=["a"]', /columns\.slect: is not a known key; did you mean select\?/],
    ['--compression zst', /did you mean zstd\?/],
    ['--strategy banana', /not "banana"$/m],
    ['--shrads 3', /Did you mean --shards\?/],
  ])('suggests what was meant: %s', async (words, message) => {
    const host = fakeHost({ checkRecipe: () => Promise.resolve([]) });
    expect(await main(['run', ...job, ...words.split(' ')], host)).toBe(2);
    expect(host.written.stderr).toMatch(message);
  });

  it('prints the help without words, and the version, without loading the pipeline', async () => {
    const host = fakeHost({}, { loadPipeline: () => Promise.reject(new Error('loaded')) });
    expect(await main([], host)).toBe(0);
    expect(host.written.stdout).toMatch(/^Usage: riffle/);
    const second = fakeHost({}, { loadPipeline: () => Promise.reject(new Error('loaded')) });
    expect(await main(['--version'], second)).toBe(0);
    expect(second.written.stdout).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('the recipe', () => {
  it('is read from a file, whose folder its paths start at', async () => {
    let given: { recipe: Recipe; options: JobOptions } | undefined;
    const host = fakeHost({
      run: (recipe, options) => {
        given = { recipe, options };
        return Promise.resolve(emptyReport);
      },
    });
    mkdirSync(join(host.workingFolder, 'sub'));
    writeFileSync(
      join(host.workingFolder, 'sub', 'riffle.yaml'),
      'collections: [{name: a, path: in}]\noutput: out\nseed: 007\n',
    );
    expect(await main(['run', 'sub/riffle.yaml', '--output', 'here', '--shards', '3'], host)).toBe(0);
    expect(given?.recipe).toMatchObject({
      output: join(host.workingFolder, 'here'),
      shards: 3,
      seed: '007',
      collections: [{ path: 'in' }],
    });
    expect(given?.options.baseFolder).toBe(join(host.workingFolder, 'sub'));
    expect(given?.options.availableCpus).toBeGreaterThan(0);
    expect(host.written.stderr).toContain('load_dataset("here", split="train")');
  });

  it.each([
    ['latin.yaml', /Did you mean latin1\.yaml\?/],
    ['missing.yaml', /missing\.yaml cannot be read.*does not exist/],
    ['.', /cannot be read.*a folder/],
    ['latin1.yaml', /cannot be read/],
  ])('that cannot be read is wrong usage: %s', async (name, message) => {
    const host = fakeHost();
    writeFileSync(join(host.workingFolder, 'latin1.yaml'), Buffer.from([0x6f, 0x3a, 0x20, 0xe9]));
    expect(await main(['run', name, '--json'], host)).toBe(2);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      error: { code: 'USAGE', message: expect.stringMatching(message) },
    });
  });

  it('that is wrong is told together with what the machine does not have', async () => {
    const host = fakeHost({
      checkRecipe: (draft) => {
        expect(draft).toEqual({
          collections: [{ name: 'a', path: 'in' }],
          output: 'out',
          workers: 99,
          tempDir: undefined,
        });
        return Promise.resolve([
          { place: 'workers', message: 'too many' },
          { place: 'collections[0].path', message: 'must exist' },
        ]);
      },
    });
    expect(await main(['run', ...job, '--shards', '0', '--workers', '99', '--json'], host)).toBe(2);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      error: {
        code: 'RECIPE_INVALID',
        details: {
          problems: [
            { place: '--shards', message: 'must be a whole number from 1 to 10000, not 0' },
            { place: '--workers', message: 'too many' },
            { place: '--input a=in', message: 'must exist' },
          ],
        },
      },
    });
    expect(host.written.stderr).not.toContain('published');
  });

  it('that the pipeline refuses is told in the words of the user', async () => {
    const host = failing(new RecipeInvalidError([{ place: 'memory', message: 'is too small' }]));
    expect(await main(['run', ...job, '--memory', '1MB'], host)).toBe(2);
    expect(host.written.stderr).toContain('--memory: is too small');
  });
});

describe('plan', () => {
  it('gives the plan as the document', async () => {
    const host = fakeHost({
      plan: (_, { onEvent }) => {
        onEvent?.({ type: 'planned', plan: samplePlan });
        return Promise.resolve(samplePlan);
      },
    });
    expect(await main(['plan', ...job, '--json'], host)).toBe(0);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      ok: true,
      rows: 10,
      rowsPerShard: [3, 4],
      strategy: 'spill',
      reason: 'the data does not fit',
      estimatedTemporaryBytes: 5e9,
      collections: [{ name: 'a', loaded: 0, missing: 1, failed: 0, empty: 0, rows: 10 }],
      lost: [{ collection: 'a', path: '00001', code: 'MISSING', reason: 'expected, but not there' }],
    });
    expect(host.written.stderr).toMatch(/^ {2}strategy +spill: the data does not fit$/m);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      options: samplePlan.memory.options,
      estimatedSeconds: samplePlan.estimatedTime,
      costs: { basis: 'assumed' },
    });
    expect(host.written.stderr).toMatch(/^ {2}\* spill +about 40 s +1 +2 +5\.00 GB$/m);
    expect(host.written.stderr).toMatch(/^ {4}memory +needs 6\.80 GB$/m);
    expect(host.written.stderr).toContain('* is taken: it is estimated to take least time.');
    expect(host.written.stderr).toContain('Planned only');
  });
});

describe('stderr', () => {
  it('is only the closing line and warnings with --quiet', async () => {
    const host = fakeHost({
      run: (_, { onEvent }) => {
        onEvent?.({ type: 'surveyed', collections: 1, of: 1, rows: 10 });
        onEvent?.({ type: 'warning', message: 'odd metadata' });
        return Promise.resolve(emptyReport);
      },
    });
    expect(await main(['run', ...job, '--quiet'], host)).toBe(0);
    expect(host.written.stderr).toBe('Warning: odd metadata\nDone and verified: 10 rows in 2 shards, out\n');
  });

  it('is one JSON object a line with --log-format json', async () => {
    const host = fakeHost({
      run: (_, { onEvent }) => {
        onEvent?.({ type: 'planned', plan: samplePlan });
        onEvent?.({
          type: 'progress',
          stage: 'scatter',
          rows: 1,
          ofRows: 2,
          bytes: 3,
          memoryBytes: 4,
          spilledBytes: 0,
        });
        onEvent?.({ type: 'published', output: 'out', report: emptyReport });
        return Promise.reject(new RiffleError('STORAGE_FAILED', 'No space.'));
      },
    });
    expect(await main(['run', ...job, '--log-format', 'json'], host)).toBe(1);
    const lines = host.written.stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject([
      { type: 'planned', plan: { rows: 10, strategy: 'spill' } },
      { type: 'published', report: { shards: 2, lost: 0 } },
      {
        type: 'error',
        lines: [
          'riffle: No space.',
          expect.stringContaining('The output folder out does not exist.'),
          expect.stringMatching(/^ {2}Next: riffle run /),
        ],
      },
    ]);
    expect(lines.every(({ time }) => typeof time === 'string')).toBe(true);
  });

  it('says that a failure while publishing may leave half a result', async () => {
    const host: FakeHost = fakeHost({
      run: (_, { onEvent }) => {
        onEvent?.({ type: 'stage-started', stage: 'publish' });
        mkdirSync(join(host.workingFolder, 'out'));
        writeFileSync(join(host.workingFolder, 'out/00000.parquet'), '');
        return Promise.reject(new RiffleError('STORAGE_FAILED', 'No space.'));
      },
    });
    expect(await main(['run', ...job], host)).toBe(1);
    expect(host.written.stderr).toContain(
      'The output folder out has no manifest and is no result: the job failed while publishing',
    );
  });

  it('shows causes once, and the stack only with --verbose', async () => {
    const cause = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const error = new RiffleError(
      'WORKER_FAILED',
      'A worker failed twice.',
      {},
      { cause: new Error('inner', { cause }) },
    );
    const host = failing(error);
    await main(['run', ...job], host);
    expect(host.written.stderr).toMatch(
      /^riffle: A worker failed twice\.\n {2}Caused by: inner\n {2}Caused by: ENOSPC.*\n {2}The output folder out does not exist/,
    );
    const verbose = failing(error);
    await main(['run', ...job, '--verbose'], verbose);
    expect(verbose.written.stderr).toMatch(/\n\s+at /);
  });

  it('lets no name from a file steer the terminal', async () => {
    const host = failing(new RiffleError('BAD_SHARD', 'Shard \u001b[2Jx\u0007 is bad.'));
    await main(['run', ...job], host);
    expect(host.written.stderr).toContain('Shard \uFFFD[2Jx\uFFFD is bad.');
  });
});
