import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createFileStorage } from '@riffle/storage-file';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/fake-host.ts';
import { completePath, expandHome } from './complete-path.ts';

const { signal } = new AbortController();

async function offered(text: string): Promise<string[]> {
  const folder = temporaryFolder();
  for (const name of ['data/tts', 'data/.dset', 'data/Talk', 'docs'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['data/one.parquet', 'data/notes.txt']) writeFileSync(join(folder, name), '');
  const choices = await completePath(text, folder, createFileStorage(), (name) => name.endsWith('.parquet'), signal);
  return choices.map(({ name }) => name);
}

describe('the completion of paths', () => {
  it.each([
    ['', ['data/', 'docs/']],
    ['da', ['data/']],
    ['data', ['data', 'data/']],
    ['data/', ['data/', 'data/Talk/', 'data/one.parquet', 'data/tts/', 'data/.dset/']],
    ['data/t', ['data/Talk/', 'data/tts/']],
    ['data/.', ['data/.', 'data/.dset/']],
    ['data/one.parquet', ['data/one.parquet']],
    ['nowhere/x', []],
  ])('of %j is %j', async (text, names) => {
    expect(await offered(text)).toEqual(names);
  });

  it('knows the home folder', async () => {
    expect(expandHome('~/x')).toBe(`${homedir()}/x`);
    expect(expandHome('a~/x')).toBe('a~/x');
    expect((await offered('~'))[0]).toBe(homedir());
  });
});
