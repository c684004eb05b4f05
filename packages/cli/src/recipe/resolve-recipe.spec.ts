import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import type { FlagValues } from './apply-flags.ts';
import { requireRecipe, resolveRecipe } from './resolve-recipe.ts';

const least: FlagValues = { input: ['a=data/a'], output: 'out' };
const yaml = 'collections:\n  - { name: tts, path: tts }\noutput: all\nshards: 16\n';

function problemsOf(flags: FlagValues, text?: string): string[] {
  const file = text === undefined ? undefined : { name: 'riffle.yaml', text };
  return resolveRecipe({ file, flags, pathsStartAt: undefined }).problems.map(
    ({ place, message }) => `${place}: ${message}`,
  );
}

function recipeOf(flags: FlagValues, text?: string, pathsStartAt?: string) {
  return requireRecipe(
    resolveRecipe({ file: text === undefined ? undefined : { name: 'riffle.yaml', text }, flags, pathsStartAt }),
  );
}

describe('a recipe from flags', () => {
  it('takes every flag, with the schema’s defaults for the rest', () => {
    expect(recipeOf(least)).toEqual(
      recipeSchema.parse({ collections: [{ name: 'a', path: 'data/a' }], output: 'out' }),
    );
    expect(
      recipeOf({
        input: ['b=x=y', 'a=data/a'],
        output: 'out',
        shards: '7',
        seed: '007',
        memory: '1GB',
        workers: '2',
        strategy: 'spill',
        tempDir: 'tmp',
        compression: 'snappy',
        rowGroupBytes: '1MiB',
        profile: 'smallest',
        expect: '20',
        onBadShard: 'fail',
        maxLoss: '0.1%',
        verify: 'counts',
        overwrite: true,
        set: ['limits.decodedRatio=5', 'collections[1].name="c"'],
      }),
    ).toMatchObject({
      collections: [
        { name: 'b', path: 'x=y', expect: 20 },
        { name: 'c', path: 'data/a', expect: 20 },
      ],
      shards: 7,
      seed: '007',
      memory: 1e9,
      workers: 2,
      strategy: 'spill',
      tempDir: 'tmp',
      compression: 'snappy',
      rowGroupBytes: 2 ** 20,
      profile: 'smallest',
      onBadShard: 'fail',
      maxLoss: 0.1,
      verify: 'counts',
      overwrite: true,
      limits: { decodedRatio: 5, decodedBytes: 2 ** 30 },
    });
  });

  it('names the flags that are missing', () => {
    expect(problemsOf({})).toEqual([
      '--input: is missing: must be a list of collections',
      '--output: is missing: must be a folder',
    ]);
  });

  it('reports every wrong flag at once, under its name', () => {
    expect(
      problemsOf({
        input: ['a=', 'data/tts/', '=x'],
        output: ' ',
        shards: '0',
        memory: 'lots',
        workers: 'x',
        strategy: 'fast',
        compression: 'lzo',
        rowGroupBytes: '1kB',
        profile: 'tiny',
        expect: '{0..3}',
        onBadShard: 'ignore',
        maxLoss: '101%',
        verify: 'no',
        set: [
          'nonsense',
          'limits.decodedRatio=x',
          'limits.decodedRatios=1',
          'collections[9].name="x"',
          'a b=1',
          '__proto__.x=1',
        ],
      }),
    ).toEqual([
      '--input data/tts/: must be NAME=PATH, for instance --input tts=data/tts/',
      '--expect: must be a whole number from 1 to 1000000, not "{0..3}"',
      '--set nonsense: must be KEY=JSON, such as limits.decodedRatio=1000',
      '--set limits.decodedRatio=x: must have a JSON value after =; text needs double quotes inside the shell’s',
      '--set collections[9].name="x": leads below a value that has no keys, or past the end of a list',
      '--set a b=1: must start with a key such as limits.decodedRatio or collections[0].expect',
      '--set __proto__.x=1: must start with a key such as limits.decodedRatio or collections[0].expect',
      '--input a=: must be the path of a folder or file, not empty',
      '--input =x: must be a name, not empty',
      '--output: must be a folder, not empty, not " "',
      '--shards: must be a whole number from 1 to 10000, not 0',
      '--memory: must be a size such as 256MB or 64MiB, not "lots"',
      '--workers: must be a whole number of at least 1, not "x"',
      '--strategy: must be one of auto, memory, spill, passes, not "fast"',
      '--compression: must be one of zstd, snappy, gzip, brotli, lz4, none, not "lzo"',
      '--row-group-bytes: must be a size such as 256MB or 64MiB, from 1MiB to 1GiB, not "1kB"',
      '--profile: must be one of balanced, smallest, fastest, not "tiny"',
      '--on-bad-shard: must be one of skip, fail, salvage, not "ignore"',
      '--max-loss: must be a percentage from 0% to 100%, such as 0.1%, not "101%"',
      '--verify: must be one of full, counts, not "no"',
      '--set limits.decodedRatios: is not a known key; did you mean decodedRatio?',
    ]);
  });

  it.each(['0', '10001', '1.5', '-1', '1e3', '0x10', '', 'seven', '99999999999999999999'])(
    'refuses --shards %j',
    (shards) => {
      expect(problemsOf({ ...least, shards })).toEqual([
        expect.stringMatching(/^--shards: must be a whole number from 1 to 10000/),
      ]);
    },
  );

  it('refuses a value given both by a flag and by --set', () => {
    expect(problemsOf({ ...least, shards: '3', set: ['shards=4'] })).toEqual([
      '--set shards=4: is also given by --shards; give one of them',
    ]);
  });
});

describe('a recipe file', () => {
  it('is overridden by flags, collections as a whole', () => {
    expect(recipeOf({ shards: '4', input: ['a=b'] }, yaml)).toMatchObject({
      output: 'all',
      shards: 4,
      collections: [{ name: 'a', path: 'b' }],
    });
  });

  it('may be JSON, tabs and all', () => {
    expect(
      recipeOf(
        {},
        '{\n\t"collections": [\n\t\t{"name": "a", "path": "b", "expect": "{00..19}"}\n\t],\n\t"output": "out"\n}',
      ),
    ).toMatchObject({
      collections: [{ expect: '{00..19}' }],
    });
  });

  it('takes only the paths of flags from the working folder', () => {
    const flags = { output: 'here', tempDir: '/abs' };
    expect(recipeOf(flags, yaml, '/work')).toMatchObject({
      output: '/work/here',
      tempDir: '/abs',
      collections: [{ path: 'tts' }],
    });
    expect(recipeOf({ input: ['a=x'] }, yaml, '/work')).toMatchObject({
      collections: [{ path: '/work/x' }],
      output: 'all',
    });
  });

  it.each([
    ['007', '007'],
    ['7', '7'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['1.50', '1.50'],
    ['"x y"', 'x y'],
    ['no', 'no'],
  ])('takes seed: %s as it is written', (written, seed) => {
    expect(recipeOf({}, `${yaml}seed: ${written}\n`).seed).toBe(seed);
  });

  it('reports unknown keys with the nearest known one, at every depth', () => {
    expect(
      problemsOf(
        {},
        'collections: [{name: a, path: b, expects: 3}]\noutput: o\nshard: 3\nrow-group-bytes: 1MiB\nqwertzuiop: 1\nlimits: {decodedByte: 1}\nplugins: {reader: 1}\n',
      ),
    ).toEqual([
      'collections[0].expects: is not a known key; did you mean expect?',
      'limits.decodedByte: is not a known key; did you mean decodedBytes?',
      'plugins.reader: is not a known key; did you mean readers?',
      'shard: is not a known key; did you mean shards?',
      'row-group-bytes: is not a known key; did you mean rowGroupBytes?',
      expect.stringMatching(/^qwertzuiop: is not a known key; known are collections, output, shards, seed/),
    ]);
  });

  it.each([
    ['', /^riffle\.yaml: is empty/],
    ['- a\n', /^riffle\.yaml: must be a recipe: keys such as/],
    ['just text', /^riffle\.yaml: must be a recipe/],
    ['a: [1\nb: 2\n', /^riffle\.yaml:\d+:\d+: /],
    ['output: a\noutput: b\n', /^riffle\.yaml:2:1: Map keys must be unique/],
    ['output: *nothing\n', /^riffle\.yaml.*: .*alias/i],
    ['output: !!js/function x\n', /^riffle\.yaml:1:9: /],
    [
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n',
      /alias/,
    ],
  ])('is refused for its syntax: %j', (text, message) => {
    const problems = problemsOf({}, text);
    expect(problems[0]).toMatch(message);
    expect(problems.every((problem) => problem.startsWith('riffle.yaml'))).toBe(true);
  });

  it('does not let keys of Object.prototype through', () => {
    expect(problemsOf({}, `${yaml}__proto__: {shards: 3}\nconstructor: 1\n`)).toEqual([
      expect.stringMatching(/^__proto__: is not a known key/),
      expect.stringMatching(/^constructor: is not a known key/),
    ]);
  });
});

describe('later findings', () => {
  it('are called what the user wrote, and reported with the earlier ones', () => {
    const resolution = resolveRecipe({
      file: { name: 'r', text: yaml },
      flags: { workers: '9', set: ['shards=0'] },
      pathsStartAt: undefined,
    });
    const later = [
      { place: 'workers', message: 'too many' },
      { place: 'collections[0].path', message: 'must exist' },
    ];
    expect(() => requireRecipe(resolution, later)).toThrow(
      'The recipe has 3 problems:\n' +
        '  --set shards: must be a whole number from 1 to 10000, not 0\n' +
        '  --workers: too many\n' +
        '  collections[0].path: must exist',
    );
  });

  it('name the --input they belong to', () => {
    const { rename } = resolveRecipe({
      file: undefined,
      flags: { input: ['a=x', 'b=y'], output: 'o' },
      pathsStartAt: undefined,
    });
    expect(rename({ place: 'collections[1].path', message: 'must exist' }).place).toBe('--input b=y');
  });
});
