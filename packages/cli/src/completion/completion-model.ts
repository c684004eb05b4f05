import type { Command } from '../commands/command.ts';
import type { Flag } from '../flags/flag.ts';

/** What a shell offers for one value: words, places of files, or nothing that can be known. */
export type Offer = 'nothing' | 'file' | 'folder' | 'collection' | readonly string[];

export interface CompletedFlag {
  /** With two dashes. */
  readonly name: string;
  readonly help: string;
  /** What stands for the value; undefined for a switch. */
  readonly argument: string | undefined;
  readonly offer: Offer;
  readonly repeatable: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** What stands for the argument, without brackets; undefined where there is none. */
  readonly argument: string | undefined;
  readonly offer: Offer;
  /** Whether any number of arguments may be given. */
  readonly variadic: boolean;
}

const helpFlag: CompletedFlag = {
  name: '--help',
  help: 'print help',
  argument: undefined,
  offer: 'nothing',
  repeatable: false,
};

/** What shells complete: every command that this version has, from the table of commands. */
export function completionModel(commands: readonly Command[]): readonly CompletedCommand[] {
  const available = commands.filter(({ load }) => load !== undefined);
  const completed = available.map(({ name, summary, flags, argument, completes }): CompletedCommand => ({
    name,
    summary,
    flags: [...flags.map(completedFlag), helpFlag],
    argument: argument?.[0].replace(/[^\w-]/g, ''),
    offer: completes ?? (argument === undefined ? 'nothing' : 'file'),
    variadic: argument?.[0].includes('...') === true,
  }));
  const names = available.map(({ name }) => name);
  const help = {
    name: 'help',
    summary: 'print the help of a command',
    flags: [],
    argument: 'command',
    variadic: false,
  };
  return [...completed, { ...help, offer: names }];
}

function completedFlag({ name, help, argument, words, choices, completes, repeatable }: Flag): CompletedFlag {
  return {
    name,
    help,
    argument,
    offer: words ?? choices ?? completes ?? 'nothing',
    repeatable: repeatable === true,
  };
}
