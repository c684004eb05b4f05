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
}

/** How a command ended. What was thrown instead is told by its error. */
export interface CommandResult {
  readonly exitCode: number;
  /** What `--json` prints. */
  readonly document: unknown;
}

/** One command of the command line, as data. */
export interface Command {
  readonly name: string;
  /** As the help spells it, `[recipe]`; absent where there is none. */
  readonly argument?: readonly [usage: string, help: string];
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** Whether a failure leaves the question open what became of an output folder. */
  readonly publishes: boolean;
  /** Loads the code of the command; absent if this version has none. */
  readonly load?: () => Promise<(call: CommandCall) => Promise<CommandResult>>;
}
