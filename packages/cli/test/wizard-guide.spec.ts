import { availableParallelism } from 'node:os';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keys, openTerminal, type PseudoTerminal } from './support/pseudo-terminal.ts';
import { folderWithCollections, lastQuestion, seesQuestion, usualQuestions, walk } from './support/wizard-walk.ts';

const guide = fileURLToPath(new URL('../../../docs/guides/wizard.md', import.meta.url));

/** What of a screen is another on each machine, as one of them. */
function everywhere(screen: string): string {
  return screen
    .replace(/^( {2}time +).* \(estimate/m, '$11 s to 3 s (estimate')
    .replace(/now [\d.]+ [GM]B/, 'now 12.0 GB');
}

/** From the question, or from the line given, to the end of the screen. */
function from(screen: string, start: string): string {
  const lines = everywhere(screen).split('\n');
  return lines
    .slice(
      Math.max(
        0,
        lines.findIndex((line) => line.startsWith(start)),
      ),
    )
    .join('\n');
}

/** Puts screens where the guide wants them. Writes the guide, except in CI, where one that is behind must fail. */
function keepScreens(screens: Readonly<Record<string, string>>, language = 'text') {
  const before = readFileSync(guide, 'utf8');
  const after = Object.entries(screens).reduce((text, [name, screen]) => {
    const [open, close] = [`<!-- screen ${name} -->`, `<!-- /screen ${name} -->`];
    const [start, end] = [text.indexOf(open), text.indexOf(close)];
    expect([name, start > 0 && end > start]).toEqual([name, true]);
    return `${text.slice(0, start)}${open}\n\n\`\`\`${language}\n${screen.trimEnd()}\n\`\`\`\n\n${text.slice(end)}`;
  }, before);
  if (after !== before && process.env['CI'] === undefined) writeFileSync(guide, after);
  return { before, after };
}

// The plan says how many workers there are: two, as in most examples.
const twoCpus = process.platform === 'linux' && availableParallelism() >= 2;

/** The screen with a question, once it is drawn to its last line. */
async function wholeScreen(terminal: PseudoTerminal, question: string): Promise<string> {
  await seesQuestion(terminal, question);
  return terminal.sees(/esc back$/);
}

async function firstRun(workingFolder: string): Promise<Record<string, string>> {
  const terminal = openOnTwoCpus(workingFolder);
  const shows = async (question: string) => from(await wholeScreen(terminal, question), '? ');
  const screens: Record<string, string> = {};
  await seesQuestion(terminal, usualQuestions[0]);
  terminal.press('a');
  await terminal.sees(/◉ news(.|\n)*◉ tts(.|\n)*esc back$/);
  screens['collections'] = await shows(usualQuestions[0]);
  terminal.press(keys.enter);
  await seesQuestion(terminal, 'Collections');
  screens['another'] = await shows('Collections');
  terminal.press(keys.enter);
  await walk(terminal, ['Output folder', 'Training processes that will read it', 'Number of shards'], {
    'Training processes that will read it': ['4', keys.enter],
    'Number of shards': ['10', keys.enter],
  });
  screens['shards'] = await shows('10 shards for 4 processes');
  terminal.press(keys.enter);
  await walk(terminal, usualQuestions.slice(5), { Memory: ['2GB', keys.enter] });
  screens['plan'] = from(await wholeScreen(terminal, lastQuestion), 'Plan');
  terminal.press(keys.down, keys.enter);
  expect(await terminal.ended).toBe(0);
  return screens;
}

async function conflictRun(workingFolder: string): Promise<string> {
  const terminal = openOnTwoCpus(workingFolder);
  await walk(terminal, usualQuestions);
  const screen = from(await wholeScreen(terminal, 'Column id'), '? ');
  terminal.press(keys.ctrlC);
  await terminal.ended;
  return screen;
}

function openOnTwoCpus(workingFolder: string): PseudoTerminal {
  const entry = fileURLToPath(new URL('../bin/riffle.mjs', import.meta.url));
  return openTerminal(['init'], { workingFolder, command: ['taskset', '-c', '0,1', process.execPath, entry] });
}

describe.skipIf(!twoCpus)('docs/guides/wizard.md', () => {
  it('shows the screens as they are', async () => {
    const workingFolder = await folderWithCollections({ rowsPerShard: 400 }, ['news', 'tts']);
    const screens = await firstRun(workingFolder);
    const recipe = readFileSync(join(workingFolder, 'riffle.yaml'), 'utf8');
    rmSync(join(workingFolder, 'data'), { recursive: true });
    rmSync(join(workingFolder, 'riffle.yaml'));
    for (const [name, id] of [
      ['lib', 'i::INTEGER'],
      ['web', "'number ' || i"],
    ] as const) {
      const made = await folderWithCollections({ columns: { id } }, [name]);
      renameSync(join(made, 'data'), join(workingFolder, name));
    }
    screens['conflict'] = await conflictRun(workingFolder);
    const pages = [keepScreens(screens), keepScreens({ recipe }, 'yaml')];
    for (const { before, after } of pages) expect(before).toBe(after);
  }, 300_000);
});
