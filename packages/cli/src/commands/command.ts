import type { BegunJob } from '../after-failure/explain-failure.ts';
import type { Flag } from '../flags/flag.ts';
import type { Host } from '../host.ts';
import type { FlagValues } from '../recipe/apply-flags.ts';
import type { Reporter } from '../render/reporter.ts';

/** What a command is given. */
export interface CommandCall {
  /** The first of `arguments`. */
  readonly argument: string | undefined;
  /** All words that are no flags. */
  readonly arguments: readonly string[];
  readonly flags: FlagValues;
  readonly host: Host;
  readonly reporter: Reporter;
  /** Tells of a job that is about to begin, so that a failure can be told with what became of its output. */
  readonly begun: (job: BegunJob) => void;
}

/** How a command ended. What was thrown instead is told by its error. */
export interface CommandResult {
  readonly exitCode: number;
  /** What `--json` prints. */
  readonly document: unknown;
}

/** A command line that a reader can copy, and what it does. */
export interface Example {
  readonly does: string;
  /** As it is typed, `riffle` first; words are apart by single spaces, quoted for a shell where they need it. */
  readonly line: string;
}

/** One command of the command line, as data. */
export interface Command {
  readonly name: string;
  /** As the help spells it, `[recipe]`; absent where there is none. */
  readonly argument?: readonly [usage: string, help: string];
  /** What a shell offers for the argument; a list is its words, and no others are accepted. */
  readonly completes?: 'file' | 'folder' | readonly string[];
  readonly summary: string;
  /** Shown below the help; each is parsed by a test. */
  readonly examples?: readonly Example[];
  readonly flags: readonly Flag[];
  /** Whether a failure leaves the question open what became of an output folder. */
  readonly publishes: boolean;
  /** Loads the code of the command; absent if this version has none. */
  readonly load?: () => Promise<(call: CommandCall) => Promise<CommandResult>>;
}
