import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import createFaultyStorage, {
  operationCounter,
  prepare,
  type FaultyStoragePluginOptions,
} from './faulty-storage-plugin.ts';

/** A storage as a module of its own, as a worker thread would load it. */
const specifier = `data:text/javascript,${encodeURIComponent(`
  export const prepare = (options) => options.name + ' prepared';
  export default (options, shared) => ({ role: 'storage', name: shared ?? options.name, stat: async (location) => ({ path: location }), list: async () => [] });
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

it('counts over all threads of a job, and writes down where the fault hit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-fault-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const faultLog = join(folder, 'fault.jsonl');
  const options = JSON.parse(
    JSON.stringify({ storage: { specifier, options: { name: 'inner' } }, failAt: 2, faultLog }),
  );
  const shared = structuredClone(await prepare(options));
  const [one, two] = [await createFaultyStorage(options, shared), await createFaultyStorage(options, shared)];
  expect(one.name).toBe('inner prepared');
  operationCounter().enterStage('survey');
  await one.stat('/a');
  await expect(two.stat('/b')).rejects.toMatchObject({ details: { systemCode: 'EIO' } });
  expect(operationCounter().total()).toBe(2);
  expect(JSON.parse(readFileSync(faultLog, 'utf8'))).toEqual({
    number: 2,
    operation: 'stat',
    location: '/b',
    stage: 'survey',
  });
});
