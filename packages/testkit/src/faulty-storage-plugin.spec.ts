import { expect, it } from 'vitest';
import createFaultyStorage, { type FaultyStoragePluginOptions } from './faulty-storage-plugin.ts';

/** A storage as a module of its own, as a worker thread would load it. */
const specifier = `data:text/javascript,${encodeURIComponent(`
  export default (options) => ({ role: 'storage', name: options.name, stat: async (location) => ({ path: location }), list: async () => [] });
`)}`;

it('makes the storage it is told and lets it fail as told', async () => {
  const options: FaultyStoragePluginOptions = {
    storage: { specifier, options: { name: 'inner' } },
    failAt: 2,
    times: 'always',
    operations: ['stat'],
    location: 'parquet$',
  };
  const storage = await createFaultyStorage(JSON.parse(JSON.stringify(options)));
  expect(storage.name).toBe('inner');
  expect(await storage.stat('/a.parquet')).toEqual({ path: '/a.parquet' });
  expect(await storage.stat('/a.txt')).toEqual({ path: '/a.txt' });
  await expect(storage.stat('/b.parquet')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  await expect(storage.stat('/a.parquet')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  expect(await storage.list('/x.parquet')).toEqual([]);
});
