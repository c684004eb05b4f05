import { describe, expect, it } from 'vitest';
import { recorded } from '../../test/support/recorded-storage.ts';
import { isShardName, removeRunFolder, runFolderOf, writeDurably } from './output-folder.ts';

const bytes = Uint8Array.of(1);

describe('isShardName', () => {
  it.each(['00000.parquet', '00042.parquet', '10000.parquet', '123456.parquet'])('%s is one', (name) => {
    expect(isShardName(name, '.parquet')).toBe(true);
  });

  it.each([
    '0.parquet',
    '0000.parquet',
    '00000.parq',
    '00000',
    '.parquet',
    '00000.parquet.bak',
    'a0000.parquet',
    '-0001.parquet',
    '../00000.parquet',
    '00000.parquet\u0000',
    '٠٠٠٠٠.parquet',
    '',
  ])('%j is none', (name) => {
    expect(isShardName(name, '.parquet')).toBe(false);
  });
});

describe('runFolderOf', () => {
  it('puts all work below the output, spill elsewhere if a temp folder is given', async () => {
    const { memory } = recorded({
      '/temp/other': bytes,
      '/temp/riffle-id/a': bytes,
      '/out/.riffle/run-id/shards/a': bytes,
    });
    const folder = runFolderOf(memory, '/out', '/temp', 'id');
    expect([folder.run, folder.shards, folder.spill]).toEqual([
      '/out/.riffle/run-id',
      '/out/.riffle/run-id/shards',
      '/temp/riffle-id',
    ]);
    expect(runFolderOf(memory, '/out', undefined, 'other').spill).toBe('/out/.riffle/run-other/spill');
    await removeRunFolder(memory, folder);
    expect(await memory.stat('/out/.riffle/run-id')).toBeUndefined();
    expect(await memory.stat('/temp/riffle-id')).toBeUndefined();
    expect((await memory.stat('/temp'))?.kind).toBe('directory');
  });
});

describe('writeDurably', () => {
  it('syncs the file before it gets its name, and the folder after', async () => {
    const { memory, storage, calls } = recorded({ '/out/manifest.json': bytes });
    await writeDurably(storage, '/out', 'manifest.json', 'text');
    expect(calls).toEqual([
      'sync /out/manifest.json.partial',
      'rename /out/manifest.json.partial /out/manifest.json',
      'sync /out',
    ]);
    expect(new TextDecoder().decode(memory.files.get('/out/manifest.json'))).toBe('text');
  });
});
