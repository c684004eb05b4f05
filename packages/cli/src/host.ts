import type { Certificate } from '@riffle/certificate';
import type {
  Finding,
  Inspection,
  JobOptions,
  Manifest,
  Plan,
  Recipe,
  RecipeProblem,
  Report,
  Storage,
} from '@riffle/core';
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

/** What `certify` of the pipeline returns. */
export interface CertifyResult {
  readonly ok: boolean;
  readonly judged:
    | { readonly kind: 'permutation'; readonly shuffler: string; readonly seed: string }
    | { readonly kind: 'column'; readonly column: string; readonly type: string; readonly nulls: number };
  readonly files: number;
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  readonly certificate: Certificate;
}

/** What `trial` of the pipeline measures, in bytes a second: of files, and of Arrow data on one core. */
export interface Speeds {
  readonly write: number;
  readonly read: number;
  readonly decode: number;
  readonly encode: number;
  readonly fingerprint: number;
}

/** What `report` of the pipeline returns. */
export interface ReportResult {
  /** Of the page. */
  readonly location: string;
  readonly bytes: number;
  readonly manifest: Manifest;
}

/** The part of `@riffle/pipeline` that the command line uses. */
export interface Pipeline {
  plan(recipe: Recipe, jobOptions: JobOptions): Promise<Plan>;
  run(recipe: Recipe, jobOptions: JobOptions): Promise<Report>;
  verify(folder: string, jobOptions: JobOptions & VerifyRequest): Promise<VerifyResult>;
  certify(folder: string, jobOptions: JobOptions & { readonly column?: string | undefined }): Promise<CertifyResult>;
  trial(plan: Plan, jobOptions: JobOptions): Promise<Speeds | undefined>;
  report(folder: string, jobOptions: Pick<JobOptions, 'plugins' | 'baseFolder' | 'signal'>): Promise<ReportResult>;
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
