import type { CompletedCommand, Offer } from './completion-model.ts';

/** The function of the script that offers it. Words are plain: letters, digits, dashes. */
function offering(offer: Offer): string {
  if (typeof offer === 'object') return `_riffle_words '${offer.join(' ')}'`;
  // Bash takes what stands after = for a word of its own.
  const functions = {
    nothing: ':',
    file: '_riffle_files -f',
    folder: '_riffle_files -d',
    collection: '_riffle_collection',
  };
  return functions[offer];
}

function caseOf({ name, flags, offer }: CompletedCommand): string {
  const values = flags
    .filter(({ argument }) => argument !== undefined)
    .map((flag) => `        ${flag.name}) ${offering(flag.offer)}; return ;;`);
  return [
    `    ${name})`,
    ...(values.length === 0 ? [] : ['      case $flag in', ...values, '      esac']),
    `      if [[ $current == -* ]]; then _riffle_words '${flags.map((flag) => flag.name).join(' ')}'`,
    `      else ${offering(offer)}; fi ;;`,
  ].join('\n');
}

/** Completion for bash 3.2 and later, with nothing else installed. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name);
  return `# Completion of riffle for bash, made by \`riffle completion bash\`.
_riffle_words() {
  local word
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$1" -- "$current")
}

_riffle_files() {
  local name
  while IFS= read -r name; do COMPREPLY+=("$name"); done < <(compgen "$1" -- "$current")
  compopt -o filenames 2>/dev/null
}

# NAME=PATH: nothing is known of the name.
_riffle_collection() {
  [[ $after_equals == yes ]] && _riffle_files -f
}

_riffle() {
  local current=\${COMP_WORDS[COMP_CWORD]} place=$COMP_CWORD after_equals=no flag
  COMPREPLY=()
  # --flag=value and NAME=PATH come as three words.
  if [[ $current == '=' ]]; then
    current='' after_equals=yes
    ((place -= 1))
  elif ((COMP_CWORD > 1)) && [[ \${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
    after_equals=yes
    ((place -= 2))
  fi
  if [[ $after_equals == yes && \${COMP_WORDS[place]} == -* ]]; then flag=\${COMP_WORDS[place]}
  elif ((place > 1)); then flag=\${COMP_WORDS[place - 1]}
  fi
  if ((COMP_CWORD == 1)); then
    _riffle_words '${[...names, '--help', '--version'].join(' ')}'
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map(caseOf).join('\n')}
  esac
}

complete -F _riffle riffle
`;
}
