import { errorTable, type ErrorCode } from './error-codes.ts';

/** Where something went wrong, as far as it is known. The pipeline fills in what a plugin cannot know. */
export interface ErrorPlace {
  readonly collection?: string;
  readonly shard?: string;
  readonly file?: string;
  readonly rowGroup?: number;
  readonly column?: string;
}

export interface RiffleErrorDetails extends ErrorPlace {
  /** Further typed facts (numbers, names), JSON only. */
  readonly [key: string]: unknown;
}

/** The base of everything Riffle throws on purpose. Recognise it by `code`, not by class, across packages. */
export class RiffleError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: number;
  readonly details: RiffleErrorDetails;
  constructor(
    code: ErrorCode,
    message: string,
    details: RiffleErrorDetails = {},
    options: { cause?: unknown; exitCode?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = this.constructor.name;
    this.code = code;
    this.exitCode = options.exitCode ?? errorTable[code].exit;
    this.details = details;
  }
}

type Options = ConstructorParameters<typeof RiffleError>[3];

/** One problem of a recipe, at one place. */
export interface RecipeProblem {
  /** Where the value stands: `collections[1].path`, or a flag such as `--shards`. */
  readonly place: string;
  /** What is wrong and what is accepted. */
  readonly message: string;
}

export class RecipeInvalidError extends RiffleError {
  readonly problems: readonly RecipeProblem[];
  constructor(problems: readonly RecipeProblem[], options?: Options) {
    const lines = problems.map((problem) => `  ${problem.place}: ${problem.message}`);
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    super('RECIPE_INVALID', `The recipe has ${count}:\n${lines.join('\n')}`, { problems }, options);
    this.problems = problems;
  }
}

/**
 * The content of a file is at fault, not the machine: makes a bad shard, which is skipped or stops the job as the recipe says.
 * `reason` is a full sentence for people ("is a Git-LFS pointer, not Parquet").
 */
export class BadContentError extends RiffleError {
  readonly reason: string;
  constructor(
    reason: string,
    details?: RiffleErrorDetails,
    options?: Options & { code?: 'BAD_CONTENT' | 'UNSUPPORTED_CONTENT' },
  ) {
    super(options?.code ?? 'BAD_CONTENT', reason, details, options);
    this.reason = reason;
  }
}

/** Whether an error was thrown by Riffle on purpose; works across copies of this package. */
export function isRiffleError(value: unknown): value is RiffleError {
  return value instanceof Error && hasKnownCode(value);
}

function hasKnownCode(error: Error & { code?: unknown }): boolean {
  return typeof error.code === 'string' && Object.hasOwn(errorTable, error.code);
}

/** Whether an error makes a bad shard. */
export function isBadContent(value: unknown): value is RiffleError {
  return isRiffleError(value) && (value.code === 'BAD_CONTENT' || value.code === 'UNSUPPORTED_CONTENT');
}
