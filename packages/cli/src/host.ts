import type { Finding, Inspection, JobOptions, Plan, Recipe, RecipeProblem, Report, Storage } from '@riffle/core';
import type { Certification, PlanOptions, ReportMade } from '@riffle/pipeline';
import type { RecipeDraft } from './recipe/recipe-draft.ts';

/** Where text goes. Errors of the stream are the host's business. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width in characters; undefined where there is none. */
  readonly columns: number | undefined;
  /** Height in lines; absent where it is not known. */
  readonly rows?: number | undefined;
}

/** Where questions can be asked: both are terminals. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** What `verify` of the pipeline is told of the inputs. */
export interface VerifyRequest {
  readonly againstInputs?: boolean;
  readonly inputs?: readonly { readonly name: string; readonly path: string }[];
}

/** What `verify` of the pipeline returns. */
export interface VerifyResult {
  readonly ok: boolean;
  readonly shards: number;
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** What of the inputs was compared, if it was asked for. */
  readonly inputs?: { readonly shards: number; readonly rows: number; readonly sampledRows: number };
}

/** The part of `@riffle/pipeline` that the command line uses. */
export interface Pipeline {
  plan(recipe: Recipe, jobOptions: PlanOptions): Promise<Plan>;
  run(recipe: Recipe, jobOptions: JobOptions): Promise<Report>;
  verify(folder: string, jobOptions: JobOptions & VerifyRequest): Promise<VerifyResult>;
  certify(folder: string, jobOptions: JobOptions & { readonly column?: string | undefined }): Promise<Certification>;
  report(folder: string, jobOptions: Pick<JobOptions, 'plugins' | 'baseFolder' | 'signal'>): Promise<ReportMade>;
  inspect(paths: readonly string[], jobOptions: JobOptions & { readonly rows?: number }): Promise<Inspection>;
  checkRecipe(
    draft: RecipeDraft,
    storage: Storage,
    machine: Pick<JobOptions, 'availableCpus' | 'baseFolder' | 'signal'>,
  ): Promise<RecipeProblem[]>;
  checkOutputFolder(
    recipe: Pick<Recipe, 'collections' | 'output' | 'tempDir' | 'overwrite'>,
    storage: Storage,
    jobOptions: Pick<JobOptions, 'baseFolder' | 'signal' | 'resume'>,
  ): Promise<void>;
}

/** Everything outside the program that it touches, handed in, so that tests can stand in for it. */
export interface Host {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Undefined unless standard input and standard error are both terminals: then nothing may be asked. */
  readonly terminal: Terminal | undefined;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first signal of the operating system. */
  readonly signal: AbortSignal;
  /** The signal that stopped the program, `SIGINT`, with the exit status it asks for. */
  stoppedBy(): { readonly name: string; readonly exitCode: number } | undefined;
  /** Milliseconds that only go forward. */
  now(): number;
  /** Loads what does the work; not before it is needed, since it takes a while. */
  loadPipeline(): Promise<Pipeline>;
}
