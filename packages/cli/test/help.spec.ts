import { describe, expect, it } from 'vitest';
import { commandTable } from '../src/commands/command-table.ts';
import { recipeFlags } from '../src/flags/recipe-flags.ts';
import { commandLineText } from '../src/commands/example-text.ts';
import { main } from '../src/main.ts';
import { createProgram, type ParsedCall } from '../src/program.ts';
import { fakeHost } from './fake-host.ts';

async function helpOf(...words: string[]): Promise<string> {
  const host = fakeHost();
  expect(await main(words, host)).toBe(0);
  expect(host.written.stderr).toBe('');
  return host.written.stdout;
}

describe('the help', () => {
  it('lists the commands', async () => {
    expect(await helpOf('--help')).toMatchSnapshot();
  });

  it.each(['run', 'plan', 'verify'])('of %s lists its flags with defaults and ranges', async (name) => {
    const help = await helpOf(name, '--help');
    expect(help).toMatchSnapshot();
    expect(await helpOf('help', name)).toBe(help);
  });

  it('has examples for every command, all of which can be parsed and name the command', () => {
    for (const { name, load, examples = [] } of commandTable) {
      if (load === undefined) continue;
      expect({ name, examples: examples.length > 0 }).toEqual({ name, examples: true });
      for (const { line, does } of examples) {
        const words = shellWords(line);
        let parsed: ParsedCall | undefined;
        const output = { help: () => undefined, columns: 100 };
        createProgram((call) => (parsed = call), '0.0.0', output).parse(words, { from: 'user' });
        expect({ line, name: parsed?.command.name }).toEqual({ line, name });
        expect(does).toMatch(/^[A-Z].*[^.:]$/);
      }
    }
  });

  it.each([40, 60, 80, 200])('fits %d columns, but for words that are longer', async (columns) => {
    for (const { name, load } of commandTable) {
      if (load === undefined) continue;
      const host = fakeHost();
      const stdout = { ...host.stdout, columns };
      expect(await main([name, '--help'], { ...host, stdout })).toBe(0);
      for (const line of host.written.stdout.split('\n'))
        // The parser writes the usage, and never wraps it.
        if (line.length > columns && !line.startsWith('Usage: '))
          expect(line.trim().replace(/ \\$/, '')).toMatch(/^(?:'[^']*'|\S+( \S+){0,2})$/);
    }
  });

  it('continues a long example so that it can be copied', async () => {
    const line = 'riffle run --input a=data/a --output "out put" --set \'x={"a": 1}\' > report.json';
    const lines = commandLineText(line, 40);
    expect(Math.max(...lines.map((text) => text.length))).toBeLessThanOrEqual(40);
    const joined = lines.map((text) => text.trim().replace(/ \\$/, '')).join(' ');
    expect(joined).toBe(line);
  });

  it('states the default of every flag of the design', async () => {
    const help = (await helpOf('run', '--help')).replace(/\s+/g, ' ');
    for (const words of [
      'default: 256',
      'default: 42',
      'default: half of what is free',
      'default: auto',
      'default: in the output',
      'default: zstd',
      'default: 64MiB',
      'default: balanced',
      'default: skip',
      'default: 100%',
      'default: full',
    ]) {
      expect(help).toContain(words);
    }
  });

  it('has no two flags of one name, and no flag without a sentence', () => {
    const names = recipeFlags.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...recipeFlags, ...commandTable.flatMap(({ flags }) => flags)].every(({ help }) => help.length > 5)).toBe(
      true,
    );
  });
});

/** The words that a shell hands to riffle, of a line with at most single quotes. What comes before riffle and after `>` is the shell's. */
function shellWords(line: string): string[] {
  const own = /riffle (.*?)(?: ?>.*|\)'.*)?$/.exec(line)![1]!;
  return [...own.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}
