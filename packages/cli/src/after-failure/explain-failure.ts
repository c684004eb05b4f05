import { isRiffleError, type Recipe } from '@riffle/core';
import { createFileStorage } from '@riffle/storage-file';
import { resolve } from 'node:path';
import { commandTable } from '../commands/command-table.ts';
import type { Host } from '../host.ts';
import { shownPath } from '../render/shown-path.ts';
import { nextCommand } from './next-command.ts';
import { readOutputFacts, type OutputFacts } from './output-facts.ts';
import { outputSentence } from './output-sentence.ts';

/** A job that is about to publish, as it was before it began. */
export interface BegunJob {
  readonly recipe: Pick<Recipe, 'output' | 'collections'>;
  readonly baseFolder: string;
  readonly before: OutputFacts | undefined;
}

/** Looks at the output folder of a job before it begins. */
export async function beginJob(recipe: BegunJob['recipe'], baseFolder: string): Promise<BegunJob> {
  return { recipe, baseFolder, before: await readOutputFacts(resolve(baseFolder, recipe.output), createFileStorage()) };
}

interface FailedCommand {
  readonly error: unknown;
  readonly words: readonly string[];
  readonly job: BegunJob | undefined;
  readonly stage: string | undefined;
  readonly resumable: boolean;
}

/** Lines below an error: what became of the output folder, and the command to type next. */
export async function explainFailure(
  { error, words, job, stage, resumable }: FailedCommand,
  host: Pick<Host, 'workingFolder'>,
): Promise<string[]> {
  const place = (path: string) => shownPath(resolve(job?.baseFolder ?? '.', path), host.workingFolder);
  const output = job === undefined ? undefined : place(job.recipe.output);
  const lines: string[] = [];
  // What was refused before anything was done says so, or is plain.
  const refused = isRiffleError(error) && error.exitCode === 2 && stage === undefined;
  if (job !== undefined && output !== undefined && !refused) {
    const after = await readOutputFacts(resolve(job.baseFolder, job.recipe.output), createFileStorage());
    const publishing = stage === 'publish';
    lines.push(`  ${outputSentence({ output, before: job.before, after, publishing, resumable })}`);
  }
  const collections = new Map(job?.recipe.collections.map(({ name, path }) => [name, place(path)]));
  const commands = new Set(commandTable.filter(({ load }) => load !== undefined).map(({ name }) => name));
  const next = nextCommand({ error, words, resumable, output, collections, commands });
  if (next !== undefined) lines.push(`  Next: ${next}`);
  return lines;
}
