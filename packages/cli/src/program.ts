import { Argument, Command as Parser, Option, type Help } from 'commander';
import type { Command } from './commands/command.ts';
import { exampleText } from './commands/example-text.ts';
import { commandTable } from './commands/command-table.ts';
import { flagHelp, flagUsage } from './flags/describe-flag.ts';
import type { Flag } from './flags/flag.ts';
import type { FlagValues } from './recipe/apply-flags.ts';
import { wrapped } from './render/fit.ts';

/** What the words of a command line ask for. */
export interface ParsedCall {
  readonly command: Command;
  readonly argument: string | undefined;
  readonly arguments: readonly string[];
  readonly flags: FlagValues;
}

interface ParserOutput {
  readonly help: (text: string) => void;
  readonly columns: number | undefined;
}

const footer = [
  '`riffle COMMAND --help` lists the flags of a command, with examples. People read stderr; with --json, stdout is one JSON document.',
  'Exit status: 0 done and verified, 1 failed, 2 wrong usage or recipe, 3 verification found a difference, 4 more lost than --max-loss allows, 5 certify: not shuffled, 129/130/143 stopped by SIGHUP/SIGINT/SIGTERM.',
];

/** Makes the parser from the table of commands; `onCall` gets what was parsed. It throws, and never exits. */
export function createProgram(onCall: (call: ParsedCall) => void, version: string, output: ParserOutput): Parser {
  const width = Math.min(120, output.columns ?? 100);
  const program = new Parser('riffle')
    .description('Merges folders of Parquet shards, shuffles all rows globally, and writes even, verified shards.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', ['', ...footer.flatMap((line) => wrapped(line, width, 0))].join('\n'))
    .exitOverride()
    .configureHelp({ helpWidth: width, ...(width < 80 ? stackedHelp(width) : {}) })
    .configureOutput({ writeOut: output.help, outputError: () => undefined, writeErr: output.help })
    .showSuggestionAfterError(true);
  for (const command of commandTable) addCommand(program, command, width, onCall);
  return program;
}

/** On a narrow terminal, what a flag does stands below the flag and not beside it. */
function stackedHelp(width: number): Partial<Help> {
  return {
    formatItem: (term, _termWidth, description) =>
      [`  ${term}`, ...(description === '' ? [] : wrapped(`      ${description}`, width, 0))].join('\n'),
    boxWrap: (text) =>
      text
        .split('\n')
        .flatMap((line) => wrapped(line, width, 0))
        .join('\n'),
  };
}

function addCommand(program: Parser, command: Command, width: number, onCall: (call: ParsedCall) => void): void {
  const available = command.load !== undefined;
  const parser = program
    .command(command.name)
    .summary(available ? command.summary : `${command.summary} (not available yet)`)
    .description(`${command.summary[0]!.toUpperCase()}${command.summary.slice(1)}.`)
    .allowUnknownOption(!available)
    .allowExcessArguments(!available);
  if (command.argument !== undefined) {
    // An unfinished command is refused as such, whatever follows it.
    const usage = available ? command.argument[0] : `[${command.argument[0].slice(1, -1)}]`;
    const argument = new Argument(usage, command.argument[1]);
    if (typeof command.completes === 'object') argument.choices([...command.completes]);
    parser.addArgument(argument);
  }
  if (command.examples !== undefined) parser.addHelpText('after', exampleText(command.examples, width));
  for (const flag of command.flags) parser.addOption(optionOf(flag));
  parser.action(() => {
    const [argument] = parser.args;
    onCall({ command, argument, arguments: parser.args, flags: parser.opts<FlagValues>() });
  });
}

function optionOf(flag: Flag): Option {
  const option = new Option(flagUsage(flag), flagHelp(flag));
  // Commander hands in nothing as the earlier value of the first one.
  if (flag.repeatable === true)
    option.argParser((text: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), text]);
  if (flag.choices !== undefined) option.choices([...flag.choices]);
  return option;
}
