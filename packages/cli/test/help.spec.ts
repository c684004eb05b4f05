import { describe, expect, it } from 'vitest';
import { commandTable } from '../src/commands/command-table.ts';
import { recipeFlags } from '../src/flags/recipe-flags.ts';
import { main } from '../src/main.ts';
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
