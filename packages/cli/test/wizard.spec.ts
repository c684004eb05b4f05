import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keys, openTerminal } from './support/pseudo-terminal.ts';
import { runBinary } from './run-binary.ts';
import {
  folderWithCollections,
  lastQuestion,
  moreQuestions,
  seesQuestion,
  smallJob,
  usualQuestions,
  walk,
  type Answers,
} from './support/wizard-walk.ts';

const withMore: Answers = { ...smallJob, 'More settings': [keys.down, keys.enter] };
const allQuestions = [...usualQuestions, ...moreQuestions, lastQuestion];

/** Everything below a folder, to see that nothing was written. */
const namesBelow = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('the wizard in a terminal', () => {
  it.each([40, 80, 160])(
    'of %d columns asks, shows the plan, writes the recipe and runs it',
    async (columns) => {
      const workingFolder = await folderWithCollections();
      const terminal = openTerminal([], { workingFolder, columns });
      const first = await seesQuestion(terminal, usualQuestions[0]);
      expect(first).toMatch(/❯◯ news {2}20 rows, [\d.]+ kB\n ◯ tts {3}20 rows/);
      expect(first).toContain('data/news/.dset/news: 2 files');
      await walk(terminal, usualQuestions);
      const plan = await seesQuestion(terminal, lastQuestion);
      for (const words of ['✔ Collections  news, tts', 'rows            40', 'time  ', 'the same in all collections'])
        expect(plan).toContain(words);
      expect(plan).toContain(
        [
          'riffle run \\',
          '    --input news=data/news/.dset/news \\',
          '    --input tts=data/tts/.dset/tts \\',
          '    --output data/combined \\',
          '    --shards 3 \\',
          '    --memory 1GB',
        ].join('\n'),
      );
      expect(existsSync(join(workingFolder, 'riffle.yaml'))).toBe(false);
      terminal.press(keys.enter);
      expect(await terminal.ended).toBe(0);
      const screen = terminal.screen();
      expect(screen).toContain('Written: riffle.yaml');
      expect(screen.replace(/\s+/g, ' ')).toContain('Done and verified: 40 rows in 3 shards, data/combined');
      expect(readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8')).toContain('\nshards: 3\n');
      expect(readdirSync(join(workingFolder, 'data/combined')).sort()).toEqual([
        '.riffle',
        '00000.parquet',
        '00001.parquet',
        '00002.parquet',
      ]);
      expect(namesBelow(workingFolder).filter((name) => /probe|partial/.test(name))).toEqual([]);
    },
    300_000,
  );

  it('goes back from every question to the one before, its answer kept', async () => {
    const workingFolder = await folderWithCollections();
    const terminal = openTerminal(['init'], { workingFolder });
    const kept: Answers = { 'Number of shards': [keys.enter], 'Which collections shall be merged?': [keys.enter] };
    let answers = withMore;
    for (const [index, question] of allQuestions.entries()) {
      await seesQuestion(terminal, question);
      if (index > 0) {
        terminal.press(keys.escape);
        const before = allQuestions[index - 1]!;
        const screen = await seesQuestion(terminal, before);
        expect(screen.match(/^\? /gm)).toHaveLength(1);
        // What is below the question is no longer there.
        expect(screen).not.toContain(question === 'Collections' ? '✔ Collections' : `✔ ${before}`);
        // On a busy machine, the lines below the question may come late.
        if (before === 'Number of shards') await terminal.sees(/\(3\)/);
        if (before === 'Memory') await terminal.sees(/\(1GB\)/);
        if (before === 'More settings') await terminal.sees(/❯ yes/);
        answers = { ...withMore, ...kept, 'More settings': [keys.enter], Memory: [keys.enter] };
        await walk(terminal, [before], answers);
        await seesQuestion(terminal, question);
      }
      if (question !== lastQuestion) await walk(terminal, [question], index === 0 ? withMore : withMore);
    }
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);

  it('has a choice that goes back from the plan', async () => {
    const terminal = openTerminal(['init'], { workingFolder: await folderWithCollections() });
    await walk(terminal, [...usualQuestions, lastQuestion], {
      ...smallJob,
      [lastQuestion]: [keys.up, keys.down, keys.down, keys.down, keys.enter],
    });
    const screen = await seesQuestion(terminal, 'More settings');
    expect(screen).not.toContain('Plan');
    terminal.press(keys.ctrlC);
    await terminal.ended;
  }, 300_000);

  it('keeps its lines in order when the terminal becomes narrower and wider', async () => {
    const workingFolder = await folderWithCollections();
    const terminal = openTerminal(['init'], { workingFolder, columns: 120 });
    await walk(terminal, usualQuestions.slice(0, 4));
    await seesQuestion(terminal, 'Number of shards');
    terminal.resize(50, 30);
    terminal.press('3');
    await terminal.sees('› 3');
    terminal.press(keys.escape);
    const screen = await seesQuestion(terminal, 'Training processes that will read it');
    expect(screen).not.toContain('Number of shards');
    expect(screen.match(/✔ Output folder/g)).toHaveLength(1);
    terminal.resize(160, 40);
    await walk(terminal, usualQuestions.slice(3), {
      ...smallJob,
      'Number of shards': [keys.backspace, '2', keys.enter],
    });
    expect(await seesQuestion(terminal, lastQuestion)).toContain('--shards 2');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);

  it('refuses wrong answers at once, in the words of the recipe', async () => {
    const terminal = openTerminal(['init'], { workingFolder: await folderWithCollections() });
    await walk(terminal, usualQuestions.slice(0, 2));
    await seesQuestion(terminal, 'Output folder');
    terminal.press('data/tts/.dset/tts/out', keys.enter);
    await terminal.sees('! Folders lie inside each other');
    terminal.press(...Array.from('data/tts/.dset/tts/out', () => keys.backspace), 'o', keys.enter);
    await walk(terminal, ['Training processes that will read it'], {});
    await seesQuestion(terminal, 'Number of shards');
    terminal.press('0', keys.enter);
    await terminal.sees('! Must be a whole number from 1 to 10000, not 0.');
    terminal.press(keys.backspace, '99', keys.enter);
    await walk(terminal, ['Seed'], {});
    await seesQuestion(terminal, 'Memory');
    terminal.press('much', keys.enter);
    await terminal.sees('! Must be a size such as 256MB or 64MiB, not "much".');
    terminal.press(...Array.from('much', () => keys.backspace), '1GB', keys.enter);
    await walk(terminal, ['Shards that cannot be read', 'Most that may be lost', 'More settings'], {});
    // More shards than rows is known only now, and leads back to the question that it is about.
    expect(await seesQuestion(terminal, 'It cannot be done like this')).toContain(
      '99 shards cannot be made of the 40 rows',
    );
    terminal.press(keys.enter);
    await seesQuestion(terminal, 'Number of shards');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);

  it('warns when shards do not divide by the processes, and offers those that do', async () => {
    const terminal = openTerminal(['init'], { workingFolder: await folderWithCollections() });
    await walk(terminal, usualQuestions.slice(0, 5), {
      ...smallJob,
      'Training processes that will read it': ['4', keys.enter],
      'Number of shards': [keys.backspace, '10', keys.enter],
    });
    const screen = await seesQuestion(terminal, '10 shards for 4 processes');
    expect(screen).toMatch(/❯ take 8\n {2}take 12\n {2}keep 10/);
    terminal.press(keys.down, keys.enter);
    expect(await seesQuestion(terminal, 'Seed')).toContain('✔ Number of shards  12');
    terminal.press(keys.ctrlC);
    await terminal.ended;
  }, 300_000);

  it('finds another folder by its path, and gives it another name', async () => {
    const workingFolder = await folderWithCollections();
    const terminal = openTerminal(['init'], { workingFolder: join(workingFolder, 'data/news') });
    await walk(terminal, ['Which collections shall be merged?']);
    await seesQuestion(terminal, 'Collections');
    terminal.press(keys.down, keys.enter);
    await seesQuestion(terminal, 'Which folder or file?');
    terminal.press('../t');
    await terminal.sees('❯ ../tts/');
    terminal.press(keys.tab);
    await terminal.sees('../tts/.dset/');
    terminal.press('.dset/tts');
    await terminal.sees(/❯ \.\.\/tts\/\.dset\/tts$/m);
    terminal.press(keys.enter);
    await terminal.sees('rename tts');
    terminal.press(keys.down, keys.down, keys.down, keys.enter);
    await seesQuestion(terminal, 'A name for ../tts/.dset/tts');
    terminal.press('news', keys.enter);
    await terminal.sees('! Must be unique: "news" is also the name of collections[0].');
    terminal.press('2', keys.enter);
    expect(await terminal.sees('rename news2')).toMatch(/rename news$/m);
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 300_000);

  it('fits a terminal of few lines, whatever there is to choose from', async () => {
    const names = Array.from({ length: 14 }, (_, index) => `collection-${index + 10}`);
    const workingFolder = await folderWithCollections({ shardsPerCollection: 1, rowsPerShard: 1 }, names);
    const terminal = openTerminal(['init'], { workingFolder, columns: 50, rows: 12 });
    const first = await seesQuestion(terminal, usualQuestions[0]);
    expect(first.match(/collection-\d+ {2}/g)!.length).toBeLessThan(6);
    for (let index = 0; index < 13; index++) terminal.press(keys.down);
    await terminal.sees('❯◯ collection-23');
    terminal.press(keys.space, keys.enter);
    expect(await seesQuestion(terminal, 'Collections')).not.toContain('Which collections');
    terminal.press(keys.enter);
    expect(await seesQuestion(terminal, 'Output folder')).toContain('✔ Collections  collection-23');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
  }, 60_000);

  it('has no colours with NO_COLOR', async () => {
    const workingFolder = await folderWithCollections();
    const colours = async (environment: Record<string, string>) => {
      const terminal = openTerminal(['init'], { workingFolder, environment });
      await walk(terminal, usualQuestions);
      await seesQuestion(terminal, lastQuestion);
      terminal.press(keys.ctrlC);
      await terminal.ended;
      // oxlint-disable-next-line no-control-regex -- what is looked for
      return terminal.raw().match(/\u001b\[[\d;]*m/g)?.length ?? 0;
    };
    expect(await colours({ NO_COLOR: '1' })).toBe(0);
    expect(await colours({})).toBeGreaterThan(10);
  }, 300_000);
});

describe('leaving the wizard', () => {
  // Three at a time: each waits for the disk and the start of a process most of its time.
  const groups = [0, 1, 2].map((rest) => allQuestions.filter((_, index) => index % 3 === rest));
  it.each(groups)(
    'by Ctrl-C writes nothing: at %s, …',
    async (...questions) => {
      const workingFolder = await folderWithCollections();
      const before = namesBelow(workingFolder);
      for (const question of questions) {
        const terminal = openTerminal(['init'], { workingFolder });
        await walk(terminal, allQuestions.slice(0, allQuestions.indexOf(question)), withMore);
        await seesQuestion(terminal, question);
        terminal.press(keys.ctrlC);
        expect([question, await terminal.ended]).toEqual([question, 130]);
        expect(terminal.screen().split('\n').at(-1)).toBe('Nothing was written.');
        expect(terminal.cursorIsShown()).toBe(true);
        expect(namesBelow(workingFolder)).toEqual(before);
      }
    },
    600_000,
  );

  it('while it plans writes nothing, too', async () => {
    const workingFolder = await folderWithCollections();
    const before = namesBelow(workingFolder);
    const terminal = openTerminal(['init'], { workingFolder });
    await walk(terminal, usualQuestions);
    await terminal.shows('Planning');
    terminal.press(keys.ctrlC);
    expect(await terminal.ended).toBe(130);
    expect(terminal.screen()).toContain('Nothing was written.');
    expect(namesBelow(workingFolder)).toEqual(before);
  }, 300_000);

  it.each([
    ['Ctrl-D', keys.ctrlD, 130],
    ['Ctrl-C', keys.ctrlC, 130],
  ])(
    'by %s leaves the terminal as it was',
    async (_name, key, status) => {
      const workingFolder = await folderWithCollections();
      const terminal = openTerminal(['init'], {
        workingFolder,
        command: ['sh', '-c', '"$@"; echo "status $?"; stty -a', 'sh', ...riffle],
      });
      await seesQuestion(terminal, usualQuestions[0]);
      terminal.press(key);
      expect(await terminal.ended).toBe(0);
      const screen = terminal.screen();
      expect(screen).toContain(`status ${status}`);
      for (const mode of ['icanon', 'isig', 'echo', 'icrnl']) expect(screen).toMatch(new RegExp(`[^-]\\b${mode}\\b`));
      expect(terminal.cursorIsShown()).toBe(true);
    },
    300_000,
  );

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'by %s ends with status %d, nothing written',
    async (signal, status) => {
      const workingFolder = await folderWithCollections();
      const before = namesBelow(workingFolder);
      const terminal = openTerminal(['init'], { workingFolder });
      await seesQuestion(terminal, usualQuestions[0]);
      terminal.kill(signal);
      expect(await terminal.ended).toBe(status);
      expect(namesBelow(workingFolder)).toEqual(before);
    },
    300_000,
  );
});

const riffle = [process.execPath, new URL('../bin/riffle.mjs', import.meta.url).pathname];

describe('without a terminal', () => {
  it('nothing is asked: init is refused, and riffle alone prints the help', async () => {
    const workingFolder = await folderWithCollections();
    const refused = await runBinary(['init'], { workingFolder });
    expect([refused.exitCode, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('riffle init asks questions');
    expect(refused.stderr).toContain('riffle run --input NAME=PATH --output DIR --shards N');
    const help = await runBinary([], { workingFolder });
    expect([help.exitCode, help.stderr]).toEqual([0, '']);
    expect(help.stdout).toContain('Usage: riffle');
    expect(namesBelow(workingFolder)).not.toContain('riffle.yaml');
  }, 60_000);

  it('that can move its cursor, nothing is asked', async () => {
    const terminal = openTerminal(['init'], {
      workingFolder: await folderWithCollections(),
      command: ['env', 'TERM=dumb', ...riffle],
    });
    expect(await terminal.ended).toBe(2);
    expect(terminal.screen()).toContain('riffle init asks questions');
  }, 60_000);

  it('nothing is asked if only the input is none', async () => {
    const terminal = openTerminal([], {
      workingFolder: await folderWithCollections(),
      command: ['sh', '-c', '"$@" init </dev/null; echo "status $?"', 'sh', ...riffle],
    });
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen()).toContain('status 2');
  }, 60_000);
});
