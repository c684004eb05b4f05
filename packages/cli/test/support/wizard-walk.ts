import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset, type DatasetOptions } from '@riffle/testkit';
import { temporaryFolder } from '../fake-host.ts';
import { keys, type PseudoTerminal } from './pseudo-terminal.ts';

/** Every question of the wizard in order, as its line begins on the screen. */
export const usualQuestions = [
  'Which collections shall be merged?',
  'Collections',
  'Output folder',
  'Training processes that will read it',
  'Number of shards',
  'Seed',
  'Memory',
  'Shards that cannot be read',
  'Most that may be lost',
  'More settings',
] as const;

export const moreQuestions = [
  'Format of the shards',
  'Compression',
  'Names of the shards',
  'Encodings chosen for',
  'Verification',
  'Folder for temporary files',
  'Worker threads',
  'Dataset card',
] as const;

export const lastQuestion = 'What now?';

/** What is pressed where Enter alone would not do. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** Answers that make a small job of two collections. */
export const smallJob: Answers = {
  'Which collections shall be merged?': ['a', keys.enter],
  'Number of shards': ['3', keys.enter],
  Memory: ['1GB', keys.enter],
};

const asked = (question: string) => new RegExp(`^\\? ${question.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'm');

/** Waits for each question and answers it; Enter is the answer of those that are not named. */
export async function walk(
  terminal: PseudoTerminal,
  questions: readonly string[],
  answers: Answers = smallJob,
): Promise<void> {
  for (const question of questions) {
    await terminal.shows(asked(question));
    terminal.press(...(answers[question] ?? [keys.enter]));
  }
}

export async function seesQuestion(terminal: PseudoTerminal, question: string): Promise<string> {
  return terminal.sees(asked(question));
}

/** A working folder with `data/tts/.dset/tts` and `data/news/.dset/news`, two shards of ten rows each. */
export async function folderWithCollections(
  options: Partial<DatasetOptions> = {},
  names: readonly string[] = ['tts', 'news'],
): Promise<string> {
  const folder = temporaryFolder();
  for (const name of names) {
    const home = join(folder, 'data', name, '.dset');
    mkdirSync(home, { recursive: true });
    await makeDataset(home, { collections: [name], shardsPerCollection: 2, rowsPerShard: 10, ...options });
  }
  return folder;
}
