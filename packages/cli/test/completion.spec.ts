import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { fakeHost, temporaryFolder } from './fake-host.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];
const isThere = (shell: Shell) => spawnSync(shell, ['--version']).status === 0;
const scripts = new Map<Shell, string>();

beforeAll(async () => {
  for (const shell of shells) {
    const host = fakeHost();
    await main(['completion', shell], host);
    scripts.set(shell, host.written.stdout);
  }
});

/** A folder with a recipe, a folder whose name has a space, and a file beside them. */
function workingFolder(shell: Shell): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'script'), scripts.get(shell)!);
  writeFileSync(join(folder, 'mine.yaml'), '');
  mkdirSync(join(folder, 'data', 'my tts'), { recursive: true });
  writeFileSync(join(folder, 'data', 'notes.txt'), '');
  return folder;
}

/** What a shell offers for the last of these words, asked of the shell itself. */
const ask: Record<Shell, (line: string, cwd: string) => string[]> = {
  bash(line, cwd) {
    // The words as readline cuts them: = stands alone.
    const words = line.split(/ |(?<==)|(?==)/).map((word) => `'${word}'`);
    const code = `source ./script; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _riffle; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return outputOf('bash', ['--norc', '-c', code], cwd);
  },
  fish: (line, cwd) =>
    outputOf('fish', ['--no-config', '-c', `source ./script; complete -C '${line}'`], cwd).map(
      (offered) => offered.split('\t')[0]!,
    ),
  // Only its line editor completes: a zsh in a pseudo-terminal is typed to, and shows the line after the tabulator.
  zsh(line, cwd) {
    const code = `
      zmodload zsh/zpty
      zpty inner zsh -f -i
      zpty -w inner "cd '${cwd}'; PROMPT=; TERM=dumb; autoload -Uz compinit; compinit -u -D; source ./script; unsetopt beep"
      zpty -w inner 'show() { zle complete-word; print -r -- "<<$BUFFER>>" }; zle -N show; bindkey "^I" show; print ready:$(( 40 + 2 ))'
      zpty -r inner text '*ready:42*'
      zpty -w -n inner $'${line}\\t'
      zpty -r inner text '*<<*>>*'
      print -r -- "$text"
      zpty -d inner`;
    const text = outputOf('zsh', ['-f', '-c', code], cwd).join('\n');
    return [/<<(.*)>>/s.exec(text)![1]!];
  },
};

function outputOf(shell: Shell, words: readonly string[], cwd: string): string[] {
  const { stdout, stderr, error } = spawnSync(shell, [...words], { cwd, encoding: 'utf8', timeout: 20_000 });
  if (error !== undefined) throw error;
  expect(stderr).toBe('');
  return stdout.split('\n').filter((offered) => offered !== '');
}

describe.each(['bash', 'fish'] as const)('completion in %s', (shell) => {
  it.skipIf(!isThere(shell)).each<[string, readonly string[]]>([
    ['riffle ver', ['verify']],
    ['riffle run --strat', ['--strategy']],
    ['riffle run --strategy s', ['spill']],
    ['riffle verify --log-format ', ['json', 'text']],
    ['riffle verify --over', []],
    ['riffle completion z', ['zsh']],
    ['riffle help pl', ['plan']],
    ['riffle run mi', ['mine.yaml']],
  ])('offers for %s what it can be', (line, offered) => {
    expect(ask[shell](line, workingFolder(shell)).sort()).toEqual(offered);
  });

  it.skipIf(!isThere(shell))('offers folders for folders, and places after the name of a collection', () => {
    const folder = workingFolder(shell);
    const plain = (line: string) =>
      ask[shell](line, folder).map((place) => place.replace(/\/$/, '').replace(/^.*=/, ''));
    expect(plain('riffle verify da')).toEqual(['data']);
    expect(plain('riffle run --output data/')).toEqual(['data/my tts']);
    expect(plain('riffle run --input tts=data/n')).toEqual(['data/notes.txt']);
    expect(plain('riffle run --strategy=s').map((word) => word.replace(/^--.*=/, ''))).toEqual(['spill']);
  });

  it.skipIf(!isThere(shell))('runs nothing that was typed', () => {
    const folder = workingFolder(shell);
    ask[shell]('riffle run $(touch${IFS}here) da', folder);
    expect(outputOf('bash', ['-c', 'ls'], folder)).not.toContain('here');
  });
});

describe('completion in zsh', () => {
  it.skipIf(!isThere('zsh')).each([
    ['riffle ver', 'riffle verify '],
    ['riffle run --strat', 'riffle run --strategy='],
    ['riffle run --strategy sp', 'riffle run --strategy spill '],
    ['riffle verify --overw', 'riffle verify --overw'],
    ['riffle completion z', 'riffle completion zsh '],
    ['riffle run mi', 'riffle run mine.yaml '],
    ['riffle run --output data/m', 'riffle run --output data/my\\ tts/'],
    ['riffle run --input tts=data/n', 'riffle run --input tts=data/notes.txt '],
  ])('turns %s into %s', (line, after) => {
    expect(ask.zsh(line, workingFolder('zsh'))).toEqual([after]);
  });
});

it('another shell is refused, with the nearest one', async () => {
  const host = fakeHost();
  expect(await main(['completion', 'bsh'], host)).toBe(2);
  expect(host.written.stderr).toContain('Allowed choices are bash, zsh, fish (Did you mean bash?)');
});

describe.each(shells)('the script for %s', (shell) => {
  it.skipIf(!isThere(shell))('is one that the shell takes', () => {
    const folder = workingFolder(shell);
    expect(spawnSync(shell, ['-n', join(folder, 'script')]).status).toBe(0);
  });
});
