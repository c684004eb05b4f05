import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { codeBlocksOf } from '../src/code-blocks.mjs';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { RIFFLE } from '../src/run-riffle.mjs';
import { askPython, runPython } from '../src/run-python.mjs';

const { text: page, blocks } = codeBlocksOf('docs/guides/coming-from-a-script.md');
const examples = (language) => blocks.filter((block) => block.language === language).map(({ code }) => code);
const [script, load, stream, loadSaved] = examples('python');
const [run, plan, runToArrow, runFromArrow, verify] = examples('bash');
const [recipe] = examples('yaml');

// In the order of the page: later examples need the results of earlier ones.
describeConsumers('docs/guides/coming-from-a-script.md', (scratch) => {
  let rows;

  const python = (code) => runPython('datasets-5', ['-c', code], { scratch });
  /** As typed, but for npx, which would ask a registry outside of the workspace. */
  async function shell(commands) {
    const typed = commands.replaceAll('npx riffle', 'riffle');
    const riffle = `riffle() { "${process.execPath}" "${RIFFLE}" "$@"; }`;
    const { stdout, stderr } = await promisify(execFile)('sh', ['-euc', `${riffle}\n${typed}`], { cwd: scratch });
    return stdout + stderr;
  }
  const idsOf = (folder) => askPython('datasets-5', ['read_ids.py', join(scratch, folder)], { scratch });
  const sorted = (shards) => shards.flat().toSorted((a, b) => a - b);
  const allIds = (count) => Array.from({ length: count }, (_, id) => id);

  beforeAll(async () => {
    mkdirSync(join(scratch, 'data'));
    rows = await askPython('datasets-5', ['make_collections.py', 'data'], { scratch });
  });

  it('has no example that is not run here', () => {
    expect([examples('python').length, examples('bash').length, examples('yaml').length]).toEqual([4, 5, 1]);
    expect(blocks.length).toBe(10);
    expect(verify).toBe('npx riffle verify data/combined\n');
  });

  it('shows a script that does what Riffle does, with other words', async () => {
    mkdirSync(join(scratch, 'data/by_script'));
    expect(await python(script)).toBe('tts: 6 of 6 shards\nnews: 5 of 6 shards\n');
    expect(await shell(run)).toMatch(
      new RegExp(`missing shard news/.*Done and verified: ${rows} rows in 8 shards`, 's'),
    );
    const [byScript, byRiffle] = [await idsOf('data/by_script'), await idsOf('data/combined')];
    expect(sorted(byScript)).toEqual(allIds(rows));
    expect(sorted(byRiffle)).toEqual(allIds(rows));
    // Shards as large as those of `shard(contiguous=True)`, in another order.
    expect(byRiffle.map(({ length }) => length)).toEqual(byScript.map(({ length }) => length));
    expect(byRiffle).not.toEqual(byScript);
  });

  it('plans without a trace', async () => {
    expect(await shell(plan)).toContain(`${rows} rows`);
    expect(readdirSync(join(scratch, 'data'))).not.toContain('planned');
  });

  it('shows a recipe that gives the same bytes', async () => {
    writeFileSync(join(scratch, 'riffle.yaml'), recipe);
    expect(page).toContain('`npx riffle run riffle.yaml`');
    await shell('npx riffle run riffle.yaml');
    for (const name of ['00000.parquet', '00007.parquet'])
      expect(readFileSync(join(scratch, 'data/by_recipe', name))).toEqual(
        readFileSync(join(scratch, 'data/combined', name)),
      );
  });

  it('loads the result', async () => {
    expect(await python(load)).toBe(`${rows} ['calm', 'excited']\n`);
    const other = /`(load_dataset\("data\/combined", split="train"\))`/.exec(page)[1];
    expect(await python(`from datasets import load_dataset\nprint(${other}.num_rows)`)).toBe(`${rows}\n`);
    const shards = await idsOf('data/combined');
    expect(await python(stream)).toBe(`${shards[1].length + shards[5].length}\n`);
    await shell(runToArrow);
    expect(await python(loadSaved)).toBe('117\n');
  });

  it('takes what was saved with save_to_disk', async () => {
    await shell(runFromArrow);
    expect(sorted(await idsOf('data/from_saved'))).toEqual(allIds(100));
    const loaded = load.replace('data/combined', 'data/from_saved');
    expect(await python(loaded)).toBe("100 ['calm', 'excited']\n");
  });

  it('verifies the result', async () => {
    expect(await shell(verify)).toContain('8 valid, 0 empty, 0 missing');
  });

  it('says right that a damaged shard ends the script, and not Riffle', async () => {
    truncateSync(join(scratch, 'data/tts/.dset/tts/00002/data.parquet'), 500);
    await expect(python(script.replaceAll('by_script', 'by_script_again'))).rejects.toThrow(
      'Parquet magic bytes not found',
    );
    const again = run.replace('data/combined', 'data/combined_again');
    expect(await shell(again)).toContain(`Done and verified: ${rows - 19} rows in 8 shards`);
    await expect(shell(`${again.trim()} --overwrite --max-loss 0%`)).rejects.toMatchObject({ code: 4 });
    expect(readFileSync(join(scratch, 'data/combined_again/.riffle/lost.jsonl'), 'utf8')).toContain('00002');
  });
});
