import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { expectedSound } from '../src/expected-sound.mjs';
import { hyparquetRows } from '../src/hyparquet-rows.mjs';
import { DECISIONS, HARMLESS, MIXED, MIXED_ROWS, mixedRecipe } from '../src/mixed-recipe.mjs';
import { askPython } from '../src/run-python.mjs';
import { askRiffle } from '../src/run-riffle.mjs';

const ROWS = MIXED.length * MIXED_ROWS;
const SEED = 'überall 7';
const ENVIRONMENTS = ['datasets-5', 'datasets-3'];

/** Ids that are stored in 64 bits start where 32 bits end. */
const numberOf = (id) => (id >= 2 ** 33 ? id - 2 ** 33 : id);
const collectionOf = (id) => MIXED[Math.floor(numberOf(id) / MIXED_ROWS)];

describeConsumers('a result from twelve mixed collections', (scratch) => {
  const ask = (environment, ...words) => askPython(environment, words, { scratch });
  const output = join(scratch, 'output');
  const recipe = (name, lines) => {
    const path = join(scratch, `${name}.yaml`);
    writeFileSync(path, mixedRecipe(name, lines));
    return path;
  };
  const readLines = (path) => readFileSync(join(scratch, path), 'utf8').trimEnd().split('\n');
  let emotions, expected, lines, report, rows, warnings;

  beforeAll(async () => {
    const others = MIXED.filter((name) => name !== 'archive');
    emotions = {
      ...(await ask('datasets-5', 'make_mixed.py', 'inputs', ...others)),
      ...(await ask('datasets-3', 'make_mixed.py', 'inputs', 'archive')),
    };
    expected = await ask('datasets-5', 'expect_mixed.py', 'inputs', 'expected.jsonl', SEED, ...MIXED);
    lines = readLines('expected.jsonl');
    rows = lines.map((line) => JSON.parse(line));
    ({ document: report, warnings } = await askRiffle('run', recipe('output', [...HARMLESS, ...DECISIONS])));
  });

  it('has all rows, each once; of what is left out it tells', () => {
    expect([report.ok, report.rows, report.lost, report.shards.length]).toEqual([true, ROWS, [], 4]);
    expect(report.collections.map(({ name, loaded, rows: own }) => [name, loaded, own])).toEqual(
      MIXED.map((name) => [name, 2, MIXED_ROWS]),
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^Column __index_level_0__ is left out: .* frames\/00000\/data.parquet has/),
      expect.stringMatching(/^The schema metadata "pandas" is left out/),
    ]);
    expect(new Set(rows.map(({ id }) => numberOf(Number(id))))).toEqual(
      new Set(Array.from({ length: ROWS }, (_, n) => n)),
    );
  });

  it.each(['pyarrow', 'polars', 'duckdb', 'pandas', 'datasets', 'streaming'])(
    '%s reads all values of the sources, in the order of perm-v1',
    async (consumer) => {
      const facts = await ask('datasets-5', 'read_rows.py', consumer, output, `${consumer}.jsonl`);
      expect(facts).toEqual({ rows: ROWS, columns: expected.columns });
      const read = readLines(`${consumer}.jsonl`);
      expect(read.length).toBe(ROWS);
      expect(read.filter((line, row) => line !== lines[row])).toEqual([]);
    },
  );

  it('hyparquet reads all values of the sources, in the order of perm-v1', async () => {
    expect(await hyparquetRows(output)).toEqual(rows);
  });

  it('datasets 5 sees the features that were agreed on, each way to load it', async () => {
    const loaded = await ask('datasets-5', 'load_features.py', output);
    const { features, columns } = expected;
    expect(loaded.data_dir).toEqual({ columns, features, rows: ROWS });
    expect(loaded.folder).toEqual({ columns, features, rows: ROWS });
    expect(loaded.streaming).toEqual({ columns, features, rows: null });
  });

  it('datasets 3, which wrote one of them and knows no List, sees the same by its own names', async () => {
    const loaded = await ask('datasets-3', 'load_features.py', output);
    const { words, turns } = expected.features;
    const features = { ...expected.features, words: { ...words, _type: 'Sequence' }, turns: [turns.feature] };
    expect(loaded.data_dir).toEqual({ columns: expected.columns, features, rows: ROWS });
    expect(loaded.folder).toEqual(loaded.data_dir);
    expect(loaded.streaming.features).toEqual(features);
  });

  it.each(ENVIRONMENTS)('%s names the emotion of every row by int2str as its collection did', async (environment) => {
    const pairs = await ask(environment, 'load_labels.py', output, 'emotion', 'id');
    const without = new Set(['lab', 'tiny', 'web', 'nights', 'legacy']);
    const wanted = Object.keys(emotions).map((id) => [id, without.has(collectionOf(id)) ? null : emotions[id]]);
    expect(pairs.length).toBe(ROWS);
    expect(Object.fromEntries(pairs.map(([emotion, id]) => [id, emotion]))).toEqual(Object.fromEntries(wanted));
    expect(new Set(pairs.map(([emotion]) => emotion)).size).toBe(5);
  });

  it('Audio decodes to the samples that were written, at the agreed rate', async () => {
    const sounds = await ask('datasets-3', 'load_sound.py', 'decode', output);
    const silent = rows.filter(({ audio }) => audio === null).map(({ id }) => id);
    for (const id of silent) expect(sounds[id]).toBeNull();
    for (const id of Object.keys(sounds).filter((one) => !silent.includes(one))) {
      const written = expectedSound(numberOf(id));
      if (collectionOf(id) !== 'radio') expect([id, sounds[id]]).toEqual([id, written]);
      // Stored at 24 kHz: two samples for three. One is four digits.
      else
        expect([id, sounds[id][0], sounds[id][1].length / 4]).toEqual([id, 16_000, Math.ceil(written[1].length / 6)]);
    }
    expect([silent.length > 10, Object.keys(sounds).length]).toEqual([true, ROWS]);
  });

  it('Audio(decode=False) gives every file as it was, at the rate it was written with', async () => {
    const sounds = await ask('datasets-5', 'load_sound.py', 'bytes', output);
    const wanted = rows.map(({ id, audio }) => [
      id,
      audio === null ? null : expectedSound(numberOf(id), collectionOf(id) === 'radio' ? 24_000 : 16_000),
    ]);
    expect(sounds).toEqual(Object.fromEntries(wanted));
  });

  it('split_dataset_by_node gives each row to one node, streaming', async () => {
    const { shards, worlds } = await ask('datasets-5', 'load_by_nodes.py', output, '2', '3', '4');
    const ids = rows.map(({ id }) => Number(id));
    expect(shards).toBe(4);
    for (const nodes of Object.values(worlds)) expect(nodes.flat().toSorted()).toEqual(ids.toSorted());
    expect(worlds['4'].flat()).toEqual(ids);
  });

  it('pyarrow finds each file valid, with the features in both places and nothing else', async () => {
    for (const { keys, schemaKeys } of await ask('datasets-5', 'describe_files.py', output))
      expect([keys, schemaKeys]).toEqual([['ARROW:schema', 'huggingface'], ['huggingface']]);
  });

  it('riffle verify compares every row with the sources', async () => {
    const { status, document } = await askRiffle('verify', '--against-inputs', output);
    expect([status, document.ok, document.inputs.rows, document.inputs.sampledRows]).toEqual([0, true, ROWS, ROWS]);
  });

  it('riffle plan shows what becomes of each column of each collection', async () => {
    const { document } = await askRiffle('plan', recipe('planned', [...HARMLESS, ...DECISIONS]));
    expect(document.columns.map(({ name }) => name)).toEqual(expected.columns);
    const shown = document.columns.map(({ name, type, sources }) => {
      expect([name, sources.map(({ collection }) => collection)]).toEqual([name, MIXED]);
      const changed = sources.filter(({ conversion }) => conversion !== 'kept');
      return {
        [`${name} ${type}`]: Object.fromEntries(
          changed.map((own) => [own.collection, `${own.conversion} (${own.risk})`]),
        ),
      };
    });
    expect(shown).toMatchSnapshot();
  });

  it('without the decisions it is refused, with lines that decide', async () => {
    const { status, document } = await askRiffle('run', recipe('undecided', HARMLESS));
    const { code, message, details } = document.error;
    expect([status, code, details.conflicts.map(({ column }) => column)]).toEqual([
      1,
      'SCHEMA_CONFLICT',
      ['audio', 'emotion', 'recorded'],
    ]);
    for (const { lines: choices } of details.conflicts) for (const { line } of choices) expect(message).toContain(line);

    // The lines as they stand, of one rule under one key.
    const choose = (column, pattern) =>
      details.conflicts.find((conflict) => conflict.column === column).lines.find(({ line }) => pattern.test(line))
        .line;
    const chosen = [choose('recorded', /ns, UTC/), choose('audio', /16000/), choose('emotion', /ClassLabel/)];
    const [, audio] = /^features: \{ (.*) \}$/.exec(chosen[1]);
    const [, emotion] = /^features: \{ (.*) \}$/.exec(chosen[2]);
    const pasted = [...HARMLESS, chosen[0], `features: { ${audio}, ${emotion} }`];
    const decided = await askRiffle('run', recipe('decided', pasted));
    expect([decided.status, decided.document.shards.map(({ sha256 }) => sha256)]).toEqual([
      0,
      report.shards.map(({ sha256 }) => sha256),
    ]);
  });

  it('and with one line that decides all at once, as it stands', async () => {
    const { document } = await askRiffle('plan', recipe('at-once', HARMLESS));
    const path = recipe('at-once', []);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^columns:\n$/m, `${document.error.details.together}\n`));
    const { status, document: plan } = await askRiffle('plan', path);
    expect([status, plan.ok, plan.rows]).toEqual([0, true, ROWS]);
  });
});
