import type {
  JobCosts,
  JobOptions,
  Plan,
  PluginReferences,
  Recipe,
  RecipeInput,
  Report,
  RiffleEvent,
  RiffleError,
} from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { certify, plan, run, survey, verify, type Certification, type Verification } from '../../src/index.ts';
import { builtPlugins } from './plugins.ts';

/** What a test may say about the job beside its recipe. */
export interface JobSettings {
  readonly plugins?: Partial<PluginReferences>;
  readonly signal?: AbortSignal;
  readonly baseFolder?: string;
  readonly resume?: boolean;
  readonly freeMemory?: number;
  readonly onEvent?: (event: RiffleEvent) => void;
}

/** What a job did: its report, or the error it stopped with; and everything it told. */
export interface Outcome {
  readonly report: Report | undefined;
  readonly error: RiffleError | undefined;
  readonly events: readonly RiffleEvent[];
}

/** A recipe with a budget and a single worker, so that tests take the same way on every machine. */
function makeRecipe(input: RecipeInput): Recipe {
  return recipeSchema.parse({ memory: '1GB', workers: 1, ...input });
}

function jobOptions({
  plugins,
  signal,
  baseFolder = '/',
  onEvent,
  resume,
  freeMemory = 4e9,
}: JobSettings = {}): JobOptions {
  return {
    plugins: { ...builtPlugins, ...plugins },
    signal,
    onEvent,
    baseFolder,
    resume,
    availableCpus: 4,
    freeMemory,
  };
}

/** Carries out a whole job. Does not reject. */
export async function tryJob(input: RecipeInput, settings: JobSettings = {}): Promise<Outcome> {
  const events: RiffleEvent[] = [];
  const options = jobOptions({ ...settings, onEvent: (event) => (events.push(event), settings.onEvent?.(event)) });
  try {
    return { report: await run(makeRecipe(input), options), error: undefined, events };
  } catch (error) {
    return { report: undefined, error: error as RiffleError, events };
  }
}

/** A job that must succeed, with its plan. */
export async function doJob(
  input: RecipeInput,
  settings: JobSettings = {},
): Promise<{ readonly report: Report; readonly events: readonly RiffleEvent[]; readonly plan: Plan }> {
  const { report, error, events } = await tryJob(input, settings);
  if (error !== undefined || report === undefined)
    throw error ?? new Error('The job gave neither a report nor an error.');
  return { report, events, plan: eventsOf(events, 'planned').at(-1)!.plan };
}

/** A job that must fail. */
export async function failJob(
  input: RecipeInput,
  settings: JobSettings = {},
): Promise<{ readonly error: RiffleError; readonly events: readonly RiffleEvent[] }> {
  const { error, events } = await tryJob(input, settings);
  if (error === undefined) throw new Error('The job should have failed and did not.');
  return { error, events };
}

export function planJob(input: RecipeInput, settings?: JobSettings): Promise<Plan> {
  return plan(makeRecipe(input), jobOptions(settings));
}

export function surveyJob(input: RecipeInput, settings?: JobSettings): ReturnType<typeof survey> {
  return survey(makeRecipe(input), jobOptions(settings));
}

export function verifyResult(folder: string, settings?: JobSettings): Promise<Verification> {
  return verify(folder, { ...jobOptions(settings), availableCpus: 1 });
}

/** @param column without it, the permutation of a result is judged */
export function certifyFolder(folder: string, column?: string, settings?: JobSettings): Promise<Certification> {
  return certify(folder, { ...jobOptions(settings), availableCpus: 1, column });
}

/** @param inputs where collections are now; else as the manifest says */
export function verifyAgainstInputs(
  folder: string,
  inputs: readonly { readonly name: string; readonly path: string }[] = [],
  settings?: JobSettings,
): Promise<Verification> {
  return verify(folder, { ...jobOptions(settings), availableCpus: 1, againstInputs: true, inputs });
}

export function eventsOf<Type extends RiffleEvent['type']>(
  events: readonly RiffleEvent[],
  type: Type,
): readonly Extract<RiffleEvent, { readonly type: Type }>[] {
  return events.filter((event): event is Extract<RiffleEvent, { readonly type: Type }> => event.type === type);
}

/** Plans a job and tries what it would ask of the machine. */
export async function tryMachine(input: RecipeInput, settings: JobSettings = {}): Promise<JobCosts> {
  return (await plan(makeRecipe(input), { ...jobOptions({ baseFolder: '/', ...settings }), trial: 'always' })).costs;
}
