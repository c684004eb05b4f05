import type { CompletedCommand, Offer } from './completion-model.ts';

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}

/** Options of \`complete\` for a value: -x takes no files, -r -F takes them. */
function value(offer: Offer): string {
  if (typeof offer === 'object') return `-x -a ${quoted(offer.join(' '))}`;
  return {
    nothing: '-x',
    file: '-r -F',
    // Fish completes what stands after = by itself.
    collection: '-r -F',
    folder: `-x -a '(__fish_complete_directories)'`,
  }[offer];
}

function argumentLine({ name, offer, argument }: CompletedCommand): string[] {
  if (argument === undefined) return [];
  const seen = `complete -c riffle -n '__fish_seen_subcommand_from ${name}'`;
  if (typeof offer === 'object') return [`${seen} -f -a ${quoted(offer.join(' '))}`];
  if (offer === 'folder') return [`${seen} -f -a '(__fish_complete_directories)'`];
  return [`${seen} -F`];
}

function linesOf(command: CompletedCommand): string[] {
  const { name, summary, flags } = command;
  return [
    `complete -c riffle -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...argumentLine(command),
    ...flags.map(({ name: flag, help, argument, offer }) => {
      const takes = argument === undefined ? '' : ` ${value(offer)}`;
      return `complete -c riffle -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}${takes} -d ${quoted(help)}`;
    }),
  ];
}

/** Completion for fish. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  return [
    '# Completion of riffle for fish, made by `riffle completion fish`.',
    'complete -c riffle -e',
    'complete -c riffle -f',
    "complete -c riffle -n __fish_use_subcommand -l help -d 'print help'",
    "complete -c riffle -n __fish_use_subcommand -l version -d 'print the version'",
    ...commands.flatMap(linesOf),
    '',
  ].join('\n');
}
