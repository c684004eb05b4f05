import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentTable } from '../src/documents/document-table.ts';
import { checkDocument, problemsOf, schemaNames } from './check-document.ts';
import { emptyReport, temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

describe('the published schemas', () => {
  it('are one for every kind of document', () => {
    expect(schemaNames).toEqual(documentTable.map(({ name }) => name).toSorted());
  });

  it('refuse what is not as they say', () => {
    const { seconds: _seconds, ...short } = emptyReport;
    const wrong = [short, { ...emptyReport, rows: -1 }, { ...emptyReport, rows: '10' }, { ...emptyReport, more: 1 }];
    expect(wrong.filter((report) => problemsOf('run', report).length === 0)).toEqual([]);
    expect(problemsOf('run', emptyReport)).toEqual([]);
    expect(() => checkDocument(JSON.stringify(short), 'run')).toThrow(/run must have required property 'seconds'/);
    expect(() => checkDocument(JSON.stringify(emptyReport), 'plan')).toThrow('No published schema fits');
  });

  it('take a recipe as people write it, and tell a misspelt key', () => {
    const recipe = `
collections:
  - { name: tts, path: data/tts, expect: '{00000..00019}' }
output: data/combined
memory: 1GiB
seed: 7
columns: { cast: { id: int64 }, default: { note: [1, null, { a: b }] } }
limits: { decodedRatio: 5 }
maxLoss: 1%`;
    expect(problemsOf('recipe', parse(recipe))).toEqual([]);
    expect(problemsOf('recipe', parse(`${recipe}\nshard: 3`))).toEqual([
      'recipe must NOT have additional properties {"additionalProperty":"shard"}',
    ]);
    expect(problemsOf('recipe', { output: 'out' })).toHaveLength(1);
  });

  it('explain every key of a recipe to an editor', () => {
    const { properties } = JSON.parse(readFileSync(new URL('../schemas/recipe.json', import.meta.url), 'utf8')) as {
      properties: Record<string, { description?: string }>;
    };
    expect(Object.keys(properties).filter((key) => properties[key]!.description === undefined)).toEqual([]);
  });

  it('are right about the files that a run leaves, with losses', async () => {
    const workingFolder = temporaryFolder();
    await makeDataset(workingFolder, {
      collections: ['a', 'b'],
      shardsPerCollection: 2,
      rowsPerShard: 50,
      columns: { id: 'i::INTEGER' },
    });
    mkdirSync(join(workingFolder, 'a/00002'));
    writeFileSync(join(workingFolder, 'b/broken.parquet'), 'PAR1 and no more');
    const words = ['run', '--input', 'a=a', '--input', 'b=b', '--output', 'out', '--shards', '2', '--set'];
    const expectation = 'collections[0].expect="{00000..00003}"';
    const { exitCode, stdout } = await runBinary([...words, expectation, '--json'], { workingFolder });
    expect([exitCode, (JSON.parse(stdout) as { lost: unknown[] }).lost.length]).toEqual([0, 3]);
    const read = (name: string) => readFileSync(join(workingFolder, 'out/.riffle', name), 'utf8');
    const lines = (name: string) => read(name).trim().split('\n');
    expect(problemsOf('manifest', JSON.parse(read('manifest.json')))).toEqual([]);
    expect(lines('lost.jsonl').flatMap((line) => problemsOf('loss-line', JSON.parse(line)))).toEqual([]);
    expect(lines('log.jsonl').flatMap((line) => problemsOf('log-line', JSON.parse(line)))).toEqual([]);
    expect(lines('lost.jsonl').length).toBe(3);
  });
});
