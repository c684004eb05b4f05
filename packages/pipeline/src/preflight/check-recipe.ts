import {
  isRiffleError,
  type ColumnRules,
  type JobOptions,
  type RecipeProblem,
  type Storage,
  type StorageEntry,
} from '@riffle/core';
import { ruleProblems } from '@riffle/treaty';
import { locate } from './locate.ts';
import { tryWriting } from './try-writing.ts';

/** The parts of a recipe that are checked against the machine; a whole recipe is one, and so is half of a wrong one. */
export interface RecipeDraft {
  readonly collections?:
    | readonly { readonly name?: string | undefined; readonly path?: string | undefined }[]
    | undefined;
  readonly columns?: ColumnRules | undefined;
  readonly output?: string | undefined;
  readonly workers?: number | undefined;
  readonly tempDir?: string | undefined;
}

export type Machine = Pick<JobOptions, 'availableCpus' | 'baseFolder' | 'signal'>;

/**
 * What the schema of a recipe cannot know: whether names are unique, casts name types, paths exist, the workers fit the machine, and the
 * temp folder can be written. Reports every problem; leaves nothing behind.
 */
export async function checkRecipe(recipe: RecipeDraft, storage: Storage, machine: Machine): Promise<RecipeProblem[]> {
  return [
    ...repeatedNames(recipe),
    ...badRules(recipe),
    ...(await badPaths(recipe, storage, machine)),
    ...(await badOutput(recipe, storage, machine)),
    ...badWorkers(recipe, machine),
    ...(await badTempFolder(recipe, storage, machine)),
  ];
}

function repeatedNames({ collections = [] }: RecipeDraft): RecipeProblem[] {
  const first = new Map<string, number>();
  return collections.flatMap(({ name }, index) => {
    if (name === undefined) return [];
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      return [];
    }
    const message = `must be unique: "${name}" is also the name of collections[${earlier}]`;
    return [{ place: `collections[${index}].name`, message }];
  });
}

function badRules({ collections = [], columns }: RecipeDraft): RecipeProblem[] {
  if (columns === undefined) return [];
  return ruleProblems(
    columns,
    collections.flatMap(({ name }) => (name === undefined ? [] : [name])),
  );
}

async function badPaths(recipe: RecipeDraft, storage: Storage, machine: Machine): Promise<RecipeProblem[]> {
  const problems = (recipe.collections ?? []).map(async ({ path }, index) => {
    if (path === undefined || path.trim() === '') return [];
    const location = locate(path, machine.baseFolder, storage);
    return examine(`collections[${index}].path`, location, storage, machine, (entry) => {
      if (entry === undefined) return `must exist: nothing is at ${location}`;
      if (entry.kind === 'other') return `must be a folder or a file: ${location} is ${entry.note ?? 'neither'}`;
      return undefined;
    });
  });
  return (await Promise.all(problems)).flat();
}

function badOutput({ output }: RecipeDraft, storage: Storage, machine: Machine): Promise<RecipeProblem[]> {
  return mustBeFolder('output', output, storage, machine);
}

function badWorkers({ workers }: RecipeDraft, { availableCpus }: Machine): RecipeProblem[] {
  if (workers === undefined || workers <= availableCpus) return [];
  const message = `must be a whole number from 1 to ${availableCpus}, the CPUs this process may use, not ${workers}`;
  return [{ place: 'workers', message }];
}

async function badTempFolder({ tempDir }: RecipeDraft, storage: Storage, machine: Machine): Promise<RecipeProblem[]> {
  const problems = await mustBeFolder('tempDir', tempDir, storage, machine);
  if (tempDir === undefined || tempDir.trim() === '' || problems.length > 0) return problems;
  try {
    await tryWriting(locate(tempDir, machine.baseFolder, storage), storage, machine.signal);
    return [];
  } catch (error) {
    return [{ place: 'tempDir', message: `must be writable: ${storageMessage(error)}` }];
  }
}

async function mustBeFolder(
  place: string,
  path: string | undefined,
  storage: Storage,
  machine: Machine,
): Promise<RecipeProblem[]> {
  if (path === undefined || path.trim() === '') return [];
  const location = locate(path, machine.baseFolder, storage);
  return examine(place, location, storage, machine, (entry) => {
    if (entry === undefined || entry.kind === 'directory') return undefined;
    return `must be a folder: ${location} is ${entry.note ?? 'a file'}`;
  });
}

async function examine(
  place: string,
  location: string,
  storage: Storage,
  { signal }: Machine,
  judge: (entry: StorageEntry | undefined) => string | undefined,
): Promise<RecipeProblem[]> {
  try {
    const message = judge(await storage.stat(location, { signal }));
    return message === undefined ? [] : [{ place, message }];
  } catch (error) {
    return [{ place, message: `must be accessible: ${storageMessage(error)}` }];
  }
}

/** What a storage says when the machine is at fault, and the same recipe may be right in a minute. */
const machineFaults = new Set(['EIO', 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ESTALE', 'ENOMEM']);

/** Only what the storage refused is a problem of the recipe; a cancelled or broken job is not, and neither is a broken disk. */
function storageMessage(error: unknown): string {
  if (!isRiffleError(error) || error.code !== 'STORAGE_FAILED') throw error;
  if (machineFaults.has(String(error.details['systemCode']))) throw error;
  return error.message;
}
