import type { CompletedCommand, CompletedFlag, Offer } from './completion-model.ts';

/** Text within single quotes, in a place where brackets and colons mean something. */
function quoted(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", `'\\''`);
}

function action(offer: Offer): string {
  if (typeof offer === 'object') return `(${offer.join(' ')})`;
  return { nothing: ' ', file: '_files', folder: '_files -/', collection: '_riffle_collection' }[offer];
}

function flagSpec({ name, help, argument, offer, repeatable }: CompletedFlag): string {
  const value = argument === undefined ? '' : `:${quoted(argument)}:${action(offer)}`;
  return `'${repeatable ? '*' : ''}${name}${argument === undefined ? '' : '='}[${quoted(help)}]${value}'`;
}

function caseOf({ name, flags, argument, offer, variadic }: CompletedCommand): string {
  const specs = flags.map(flagSpec);
  if (argument !== undefined) specs.push(`'${variadic ? '*' : '1'}:${quoted(argument)}:${action(offer)}'`);
  return `    ${name})\n      _arguments -s ${specs.map((spec) => `\\\n        ${spec}`).join(' ')}\n      ;;`;
}

/** Completion for zsh, to be sourced after \`compinit\`, or to be kept as \`_riffle\` in a folder of \`fpath\`. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`);
  return `#compdef riffle
# Completion of riffle for zsh, made by \`riffle completion zsh\`.
_riffle_collection() {
  if compset -P '*='; then _files; else _message 'NAME=PATH'; fi
}

_riffle() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    _arguments '--help[print help]' '--version[print the version]'
    return
  fi
  local command=$words[2]
  words=("riffle $command" "\${(@)words[3,-1]}")
  (( CURRENT -= 1 ))
  case $command in
${commands.map(caseOf).join('\n')}
  esac
}

if [ "$funcstack[1]" = _riffle ]; then _riffle "$@"; else compdef _riffle riffle; fi
`;
}
