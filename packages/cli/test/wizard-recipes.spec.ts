import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { keys, openTerminal } from './support/pseudo-terminal.ts';
import { runBinary } from './run-binary.ts';
import { publishedHashes } from './slow-job.ts';
import {
  folderWithCollections,
  lastQuestion,
  seesQuestion,
  smallJob,
  usualQuestions,
  walk,
  type Answers,
} from './support/wizard-walk.ts';

const entry = new URL('../bin/riffle.mjs', import.meta.url).pathname;
const built = (name: string) => new URL(`../../${name}/dist/index.js`, import.meta.url).href;

function runProcess(command: string, words: readonly string[], workingFolder: string) {
  return new Promise<{ status: number | null; stderr: string }>((resolve, reject) => {
    const child = spawn(command, words, { cwd: workingFolder, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (status) => resolve({ status, stderr }));
  });
}

/** The command line that the wizard has printed. */
function printedCommand(screen: string): string {
  const lines = screen.split('\n');
  const start = lines.indexOf('The same as a command line:') + 1;
  return lines.slice(start, lines.indexOf('', start)).join('\n');
}

/** The ten lines of a program that does what a recipe says. */
const program = `
import { recipeSchema } from '${new URL('../../core/dist/recipe.js', import.meta.url).href}';
import { run } from '${built('pipeline')}';
import { readFileSync } from 'node:fs';
import { parse } from '${import.meta.resolve('yaml')}';
const plugin = (name) => ({ specifier: '${new URL('../../', import.meta.url).href}' + name + '/dist/index.js' });
const plugins = { readers: [plugin('reader-parquet')], writer: plugin('writer-parquet'), shuffler: plugin('shuffler'), storage: plugin('storage-file'), verifier: plugin('verifier') };
const recipe = recipeSchema.parse(parse(readFileSync('riffle.yaml', 'utf8')));
await run(recipe, { plugins, availableCpus: 1, freeMemory: 2e9, baseFolder: process.cwd() });
process.exit(0);
`;

describe('three ways in', () => {
  it('lead to the same bytes, whatever the folders are called', async () => {
    const workingFolder = await folderWithCollections();
    renameSync(join(workingFolder, 'data/tts'), join(workingFolder, "data/it's $HOME"));
    renameSync(join(workingFolder, 'data/news'), join(workingFolder, 'data/a=b \\n "c"; *'));
    for (const [from, to] of [
      ["data/it's $HOME/.dset/tts", "data/it's $HOME/.dset/it's `x`"],
      ['data/a=b \\n "c"; */.dset/news', 'data/a=b \\n "c"; */.dset/näws = 1'],
    ] as const)
      renameSync(join(workingFolder, from), join(workingFolder, to));
    const output = join(workingFolder, 'it’s out');

    const terminal = openTerminal(['init'], { workingFolder, columns: 60 });
    await walk(terminal, usualQuestions, {
      ...smallJob,
      'Output folder': ['it’s out', keys.enter],
      Seed: ['a \'seed\' with "quotes"', keys.enter],
      'Most that may be lost': ['0.5%', keys.enter],
    });
    const command = printedCommand(await seesQuestion(terminal, lastQuestion));
    terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    const byWizard = publishedHashes(output);
    expect(byWizard).toHaveLength(3);

    rmSync(output, { recursive: true });
    const fromRecipe = await runBinary(['run', 'riffle.yaml', '--quiet'], { workingFolder });
    expect(fromRecipe.exitCode).toBe(0);
    expect(publishedHashes(output)).toEqual(byWizard);

    rmSync(output, { recursive: true });
    const riffle = `riffle() { '${process.execPath}' '${entry}' "$@"; }`;
    const fromCommand = await runProcess('sh', ['-c', `${riffle}\n${command}`], workingFolder);
    expect([fromCommand.status, fromCommand.stderr.split('\n').at(-2)]).toEqual([
      0,
      'Done and verified: 40 rows in 3 shards, it’s out',
    ]);
    expect(publishedHashes(output)).toEqual(byWizard);
    // Not only the bytes: nothing of the recipe was lost on the way.
    const manifest = JSON.parse(readFileSync(join(output, '.riffle/manifest.json'), 'utf8')) as Manifest;
    expect(manifest.plan).toMatchObject({ seed: 'a \'seed\' with "quotes"' });

    rmSync(output, { recursive: true });
    writeFileSync(join(workingFolder, 'program.mjs'), program.trim());
    const fromProgram = await runProcess(process.execPath, ['program.mjs'], workingFolder);
    expect(fromProgram).toEqual({ status: 0, stderr: '' });
    expect(publishedHashes(output)).toEqual(byWizard);
    expect(program.trim().split('\n').length).toBeLessThanOrEqual(10);
  }, 600_000);
});

describe('formats and names', () => {
  const more: Answers = { ...smallJob, 'More settings': [keys.down, keys.enter] };
  const asked = [...usualQuestions, 'Format of the shards'];

  it('are asked with the other settings; what a format has no choice of is not', async () => {
    const workingFolder = await folderWithCollections();
    const terminal = openTerminal(['init'], { workingFolder });
    // WebDataset: neither compression nor encodings.
    await walk(terminal, [...asked, 'Names of the shards'], {
      ...more,
      'Format of the shards': ['webdataset', keys.enter],
      'Names of the shards': [keys.down, keys.enter],
    });
    expect(await seesQuestion(terminal, 'Verification')).toContain('✔ Names of the shards  data/train-00000-of-…');
    await walk(terminal, ['Verification', 'Folder for temporary files', 'Worker threads', 'Dataset card'], {});
    const plan = await seesQuestion(terminal, lastQuestion);
    for (const words of ['--compression none', '--writer webdataset', "--names 'data/train-{shard}-of-{shards}'"])
      expect(plan).toContain(words);
    terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(parse(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8'))).toMatchObject({
      compression: 'none',
      plugins: {
        writer: { specifier: 'webdataset' },
        layout: { specifier: 'pattern', options: { pattern: 'data/train-{shard}-of-{shards}' } },
      },
    });
    expect(existsSync(join(workingFolder, 'data/combined/data/train-00000-of-00003.tar'))).toBe(true);
    expect((await runBinary(['verify', 'data/combined'], { workingFolder })).exitCode).toBe(0);
  }, 300_000);

  it('can be a pattern of one’s own, which is judged at once, and a column that is not there leads back to it', async () => {
    const workingFolder = await folderWithCollections();
    const terminal = openTerminal(['init'], { workingFolder });
    await walk(terminal, [...asked, 'Compression', 'Names of the shards'], {
      ...more,
      'Format of the shards': ['jsonl', keys.enter],
      'Names of the shards': [keys.down, keys.down, keys.enter],
    });
    await seesQuestion(terminal, 'Pattern of the names');
    terminal.press('train', keys.enter);
    await terminal.sees('lacks {shard}');
    terminal.press('/{nobody}/{shard}', keys.enter);
    await walk(terminal, ['Verification', 'Folder for temporary files', 'Worker threads', 'Dataset card'], {});
    const refused = await seesQuestion(terminal, 'It cannot be done like this');
    expect(refused.replace(/\s+/g, ' ')).toContain('there is no column nobody');
    terminal.press(keys.enter);
    expect(await seesQuestion(terminal, 'Names of the shards')).toContain('another pattern');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);
});

describe('a column that collections mean differently', () => {
  async function conflicting() {
    const workingFolder = await folderWithCollections({ columns: { id: 'i::INTEGER', at: "TIMESTAMP '2026-01-01'" } }, [
      'lib',
    ]);
    const other = await folderWithCollections({ columns: { id: "'number ' || i", at: "TIMESTAMPTZ '2026-01-01'" } }, [
      'web',
    ]);
    renameSync(join(other, 'data/web'), join(workingFolder, 'data/web'));
    return workingFolder;
  }

  it('is decided by choosing one of the lines, for each column, and saved', async () => {
    const workingFolder = await conflicting();
    const terminal = openTerminal(['init'], { workingFolder });
    await walk(terminal, usualQuestions);
    const first = await seesQuestion(terminal, 'Column id');
    expect(first.replace(/\s+/g, ' ')).toContain('Only you can know what is right.');
    expect(first).toMatch(/❯ take all values as text/);
    terminal.press(keys.enter);
    await seesQuestion(terminal, 'Column at');
    terminal.press(keys.escape);
    await seesQuestion(terminal, 'Column id');
    terminal.press(keys.enter);
    await seesQuestion(terminal, 'Column at');
    terminal.press(keys.down, keys.down, keys.enter);
    const plan = await seesQuestion(terminal, lastQuestion);
    expect(plan).toContain('✔ Column at  leave the column out');
    expect(plan).toMatch(/ id {2}string\n {6}in lib int32: int32 to string/);
    expect(plan).toContain(`--set 'columns={"cast":{"id":"string"},"drop":["at"]}'`);
    terminal.press(keys.down, keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain('Run it: riffle run riffle.yaml');
    expect(existsSync(join(workingFolder, 'data/combined'))).toBe(false);
    expect(parse(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8'))).toMatchObject({
      columns: { cast: { id: 'string' }, drop: ['at'] },
    });
    const { exitCode } = await runBinary(['run', 'riffle.yaml', '--quiet'], { workingFolder });
    expect(exitCode).toBe(0);
  }, 300_000);

  it('can be gone back from', async () => {
    const terminal = openTerminal(['init'], { workingFolder: await conflicting() });
    await walk(terminal, usualQuestions);
    await seesQuestion(terminal, 'Column id');
    terminal.press(keys.escape);
    await seesQuestion(terminal, 'More settings');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);
});

const written = `# Ours. Ask Ann.
collections:
  - { name: talk, path: data/tts/.dset/tts } # read aloud
output: out
shards: 2
seed: '7'
compression: snappy # for the old reader
stallSeconds: 900
`;

const unchanged: Answers = {};

describe('a recipe that is there', () => {
  it('is edited: its values are the defaults, and what does not change stays as it is', async () => {
    const workingFolder = await folderWithCollections();
    writeFileSync(join(workingFolder, 'riffle.yaml'), written);
    const terminal = openTerminal([], { workingFolder });
    expect(await seesQuestion(terminal, usualQuestions[0])).toMatch(/editing riffle.yaml(.|\n)*❯◉ talk(.|\n)*◯ news/);
    await walk(terminal, usualQuestions, { ...unchanged, 'Number of shards': [keys.backspace, '4', keys.enter] });
    const plan = await seesQuestion(terminal, lastQuestion);
    for (const words of ['--input talk=', '--shards 4', '--seed 7', '--compression snappy', '--set stallSeconds=900'])
      expect(plan).toContain(words);
    terminal.press(keys.down, keys.enter);
    await seesQuestion(terminal, 'riffle.yaml is there already');
    terminal.press(keys.escape);
    await seesQuestion(terminal, lastQuestion);
    terminal.press(keys.down, keys.enter);
    await seesQuestion(terminal, 'riffle.yaml is there already');
    expect(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8')).toBe(written);
    terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8')).toBe(written.replace('shards: 2', 'shards: 4'));
  }, 300_000);

  it('can be saved under another name', async () => {
    const workingFolder = await folderWithCollections();
    writeFileSync(join(workingFolder, 'riffle.yaml'), written);
    const terminal = openTerminal(['init'], { workingFolder });
    await walk(terminal, usualQuestions, { Seed: ['8', keys.enter] });
    await seesQuestion(terminal, lastQuestion);
    terminal.press(keys.down, keys.enter);
    await seesQuestion(terminal, 'riffle.yaml is there already');
    terminal.press(keys.down, keys.enter);
    await seesQuestion(terminal, 'Another name');
    terminal.press('riffle.yaml', keys.enter);
    await terminal.sees('! There is one already.');
    terminal.press(...Array.from('.yaml', () => keys.backspace), '-8.yaml', keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain('Written: riffle-8.yaml');
    expect(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8')).toBe(written);
    expect(parse(readFileSync(join(workingFolder, 'riffle-8.yaml'), 'utf8'))).toMatchObject({ seed: '8' });
  }, 300_000);

  it('may lie in another folder: paths are shown from here and kept from there', async () => {
    const workingFolder = await folderWithCollections();
    mkdirSync(join(workingFolder, 'recipes'));
    const recipe = join(workingFolder, 'recipes/speech.yaml');
    writeFileSync(recipe, written.replace('data/', '../data/'));
    const terminal = openTerminal(['init', 'recipes/speech.yaml'], { workingFolder });
    await walk(terminal, usualQuestions, { [usualQuestions[0]]: ['a', keys.enter] });
    const plan = await seesQuestion(terminal, lastQuestion);
    expect(plan).toContain('--input talk=data/tts/.dset/tts');
    expect(plan).toContain('--input news=data/news/.dset/news');
    expect(plan).toContain('--output recipes/out');
    terminal.press(keys.enter);
    await seesQuestion(terminal, 'recipes/speech.yaml is there already');
    terminal.press(keys.enter);
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain('Done and verified: 40 rows in 2 shards');
    expect(parse(readFileSync(recipe, 'utf8'))).toMatchObject({
      collections: [{ path: '../data/tts/.dset/tts' }, { path: '../data/news/.dset/news' }],
      output: 'out',
    });
  }, 300_000);

  it('that is no YAML is refused, and stays as it is', async () => {
    const workingFolder = await folderWithCollections();
    writeFileSync(join(workingFolder, 'riffle.yaml'), 'shards: [\n');
    const terminal = openTerminal(['init'], { workingFolder });
    expect(await terminal.ended).toBe(2);
    expect(terminal.screen()).toContain('riffle.yaml:');
    expect(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8')).toBe('shards: [\n');
  }, 60_000);

  it('with a value that is wrong shows it, and takes none such', async () => {
    const workingFolder = await folderWithCollections();
    writeFileSync(join(workingFolder, 'riffle.yaml'), written.replace('shards: 2', 'shards: none'));
    const terminal = openTerminal(['init'], { workingFolder });
    await walk(terminal, usualQuestions.slice(0, 4), unchanged);
    expect(await seesQuestion(terminal, 'Number of shards')).toContain('(none)');
    terminal.press(keys.enter);
    await terminal.sees('! Must be a whole number from 1 to 10000, not "none".');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 60_000);
});

describe('an output folder that is not empty', () => {
  it('may hold a result of the same recipe, which is told, and is not offered as an input', async () => {
    const workingFolder = await folderWithCollections();
    writeFileSync(join(workingFolder, 'riffle.yaml'), written);
    const job = ['run', 'riffle.yaml', '--quiet'];
    for (const output of ['out', 'other'])
      expect((await runBinary([...job, '--output', output], { workingFolder })).exitCode).toBe(0);
    const terminal = openTerminal(['init'], { workingFolder });
    const first = await seesQuestion(terminal, usualQuestions[0]);
    // Other results come last.
    expect(first).toMatch(/talk .*\n.* news .*\n.* other /);
    expect(first).not.toMatch(/^.. out /m);
    await walk(terminal, usualQuestions.slice(0, 3), unchanged);
    expect(await seesQuestion(terminal, 'It is not empty')).toContain('It holds a finished result.');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);

  it('is replaced only if that is chosen', async () => {
    const workingFolder = await folderWithCollections();
    mkdirSync(join(workingFolder, 'out'));
    writeFileSync(join(workingFolder, 'out/notes.txt'), 'mine');
    const terminal = openTerminal(['init'], { workingFolder });
    await walk(terminal, usualQuestions.slice(0, 3), { ...smallJob, 'Output folder': ['out', keys.enter] });
    await seesQuestion(terminal, 'It is not empty');
    terminal.press(keys.enter);
    expect(await seesQuestion(terminal, 'Output folder')).toContain('(out-2)');
    terminal.press('out', keys.enter);
    await seesQuestion(terminal, 'It is not empty');
    terminal.press(keys.down, keys.enter);
    await walk(terminal, usualQuestions.slice(3));
    expect(await seesQuestion(terminal, lastQuestion)).toContain('--overwrite');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
    expect(readFileSync(join(workingFolder, 'out/notes.txt'), 'utf8')).toBe('mine');
  }, 300_000);
});
