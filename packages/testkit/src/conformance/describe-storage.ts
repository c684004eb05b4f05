import { isRiffleError, type Storage } from '@riffle/core';
import { aborted, describeIdentity, rejection } from './describe-identity.ts';
import type { TestRunner } from './test-runner.ts';

export interface StorageSuite {
  /** A storage with a fresh, empty, existing folder for one test. */
  readonly makeStorage: () => Promise<{ readonly storage: Storage; readonly folder: string }>;
}

/**
 * Decides whether a Storage keeps its contract.
 * @example
 * describeStorage({ describe, it, expect }, { makeStorage: async () => ({ storage: createFileStorage(), folder: await mkdtemp(prefix) }) });
 */
export function describeStorage(runner: TestRunner, { makeStorage }: StorageSuite): void {
  const { describe, it, expect } = runner;

  describe('a storage', () => {
    describeIdentity(runner, 'storage', async () => (await makeStorage()).storage);

    it('gives back what was written, whole and in ranges', async () => {
      const { storage, folder } = await makeStorage();
      const location = storage.join(folder, 'numbers');
      await write(storage, location, bytesTo(1000), 300);
      const file = await storage.open(location);
      expect(file).toMatchObject({ location, size: 1000 });
      expect([...(await file.read(0, 1000))]).toEqual([...bytesTo(1000)]);
      expect([...(await file.read(990, 10))]).toEqual([...bytesTo(1000).subarray(990)]);
      expect((await file.read(1000, 0)).length).toBe(0);
      await file.close();
    });

    it('gives bytes that belong to the caller', async () => {
      const { storage, folder } = await makeStorage();
      await write(storage, storage.join(folder, 'numbers'), bytesTo(100));
      const file = await storage.open(storage.join(folder, 'numbers'));
      const first = await file.read(0, 100);
      first.fill(255);
      expect([...(await file.read(0, 100))]).toEqual([...bytesTo(100)]);
      expect(first[50]).toBe(255);
      await file.close();
    });

    it('reads into memory that is there, if it says it can', async () => {
      const { storage, folder } = await makeStorage();
      await write(storage, storage.join(folder, 'numbers'), bytesTo(100));
      const file = await storage.open(storage.join(folder, 'numbers'));
      const target = new Uint8Array(20);
      await (file.readInto?.(target.subarray(5, 15), 40) ?? target.set(bytesTo(100).subarray(40, 50), 5));
      expect([...target]).toEqual([0, 0, 0, 0, 0, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 0, 0, 0, 0, 0]);
      await file.close();
    });

    it('reads the same in parallel as one after the other', async () => {
      const { storage, folder } = await makeStorage();
      await write(storage, storage.join(folder, 'numbers'), bytesTo(5000));
      const file = await storage.open(storage.join(folder, 'numbers'));
      const parts = await Promise.all(Array.from({ length: 50 }, (_, index) => file.read(index * 100, 100)));
      expect(Buffer.compare(Buffer.concat(parts), bytesTo(5000))).toBe(0);
      await file.close();
    });

    it('refuses ranges beyond the end instead of giving less', async () => {
      const { storage, folder } = await makeStorage();
      await write(storage, storage.join(folder, 'numbers'), bytesTo(100));
      const file = await storage.open(storage.join(folder, 'numbers'));
      for (const [offset, length] of [
        [0, 101],
        [100, 1],
        [-1, 5],
        [5, -1],
        [1e18, 1],
      ] as const) {
        expect(isRiffleError(await rejection(file.read(offset, length)))).toBe(true);
      }
      await file.close();
    });

    it('lets the caller reuse bytes once they are written', async () => {
      const { storage, folder } = await makeStorage();
      const file = await storage.create(storage.join(folder, 'reused'));
      const buffer = Uint8Array.of(1, 2, 3);
      await file.write(buffer);
      buffer.fill(9);
      await file.write(buffer.subarray(0, 1));
      await file.sync();
      await file.close();
      expect([...(await readAll(storage, storage.join(folder, 'reused')))]).toEqual([1, 2, 3, 9]);
    });

    it('creates only what is not there, unless told otherwise', async () => {
      const { storage, folder } = await makeStorage();
      const location = storage.join(folder, 'once');
      await write(storage, location, bytesTo(10));
      expect(await rejection(storage.create(location))).toMatchObject({ code: 'STORAGE_FAILED' });
      expect((await readAll(storage, location)).length).toBe(10);
      const file = await storage.create(location, { overwrite: true });
      await file.write(bytesTo(3));
      await file.close();
      expect([...(await readAll(storage, location))]).toEqual([0, 1, 2]);
    });

    it('says what is there', async () => {
      const { storage, folder } = await makeStorage();
      await write(storage, storage.join(folder, 'file'), bytesTo(7));
      await storage.makeFolder(storage.join(folder, 'deep', 'folder'));
      expect(await storage.stat(storage.join(folder, 'file'))).toMatchObject({ kind: 'file', size: 7 });
      expect(await storage.stat(storage.join(folder, 'deep', 'folder'))).toMatchObject({ kind: 'directory', size: 0 });
      expect(await storage.stat(storage.join(folder, 'nothing'))).toBe(undefined);
      expect(await storage.stat(storage.join(folder, 'file', 'below'))).toBe(undefined);
    });

    it('lists direct children by the bytes of their names', async () => {
      const { storage, folder } = await makeStorage();
      // By UTF-16 code units the last two would change places.
      const names = ['.hidden', '10', '2', 'A', 'a', 'a b', 'é', '\u{ff21}', '\u{1f44b}'];
      for (const name of names.toReversed()) await write(storage, storage.join(folder, name), bytesTo(1));
      await storage.makeFolder(storage.join(folder, 'b', 'below'));
      const entries = await storage.list(folder);
      expect(entries.map((entry) => entry.path)).toEqual(names.toSpliced(6, 0, 'b'));
      expect(entries[6]).toMatchObject({ kind: 'directory', readableName: true });
      expect(entries[1]).toMatchObject({ kind: 'file', size: 1, readableName: true });
      expect(new Set(entries.map((entry) => entry.identity)).size).toBe(names.length + 1);
      expect(await storage.list(storage.join(folder, 'b', 'below'))).toEqual([]);
    });

    it('fails with STORAGE_FAILED where nothing is', async () => {
      const { storage, folder } = await makeStorage();
      const nothing = storage.join(folder, 'nothing');
      const other = storage.join(folder, 'other');
      for (const attempt of [
        () => storage.open(nothing),
        () => storage.list(nothing),
        () => storage.open(folder),
        () => storage.rename(nothing, other),
      ]) {
        expect(await rejection(attempt())).toMatchObject({ code: 'STORAGE_FAILED' });
      }
    });

    it('makes folders that are there already without complaint', async () => {
      const { storage, folder } = await makeStorage();
      await storage.makeFolder(storage.join(folder, 'a', 'b'));
      await storage.makeFolder(storage.join(folder, 'a', 'b'));
      await storage.syncFolder(storage.join(folder, 'a'));
      expect((await storage.list(folder)).map((entry) => entry.path)).toEqual(['a']);
    });

    it('removes files and whole folders, and nothing without complaint', async () => {
      const { storage, folder } = await makeStorage();
      await storage.makeFolder(storage.join(folder, 'tree', 'branch'));
      await write(storage, storage.join(folder, 'tree', 'branch', 'leaf'), bytesTo(1));
      await write(storage, storage.join(folder, 'tree2'), bytesTo(1));
      await storage.remove(storage.join(folder, 'tree'));
      await storage.remove(storage.join(folder, 'tree'));
      expect((await storage.list(folder)).map((entry) => entry.path)).toEqual(['tree2']);
      await storage.remove(storage.join(folder, 'tree2'));
      expect(await storage.list(folder)).toEqual([]);
    });

    it('gives a location that is the same by every way to it', async () => {
      const { storage, folder } = await makeStorage();
      const real = await storage.realLocation(folder);
      expect(await storage.realLocation(storage.join(folder, 'a', '..'))).toBe(real);
      expect(await storage.realLocation(storage.join(folder, 'not', 'there'))).toBe(storage.join(real, 'not', 'there'));
    });

    it('stops when told to, with the reason given', async () => {
      const { storage, folder } = await makeStorage();
      await write(storage, storage.join(folder, 'file'), bytesTo(10));
      const { signal, reason } = aborted();
      const file = await storage.open(storage.join(folder, 'file'));
      for (const attempt of [
        () => storage.stat(folder, { signal }),
        () => storage.list(folder, { signal }),
        () => storage.open(file.location, { signal }),
        () => file.read(0, 1, { signal }),
        () => storage.remove(file.location, { signal }),
        () => storage.create(storage.join(folder, 'new'), { signal }),
      ]) {
        expect(await rejection(attempt())).toBe(reason);
      }
      await file.close();
      expect((await storage.list(folder)).map((entry) => entry.path)).toEqual(['file']);
    });

    it('does what its capabilities promise', async () => {
      const { storage, folder } = await makeStorage();
      const free = await storage.freeSpace(folder);
      expect(free === undefined).toBe(!storage.capabilities.freeSpace);
      expect(free ?? 1).toBeGreaterThan(0);
      await write(storage, storage.join(folder, 'from'), bytesTo(5));
      await write(storage, storage.join(folder, 'to'), bytesTo(3));
      if (!storage.capabilities.rename) return;
      await storage.rename(storage.join(folder, 'from'), storage.join(folder, 'to'));
      expect((await storage.list(folder)).map((entry) => [entry.path, entry.size])).toEqual([['to', 5]]);
    });
  });
}

function bytesTo(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index % 251);
}

async function write(storage: Storage, location: string, bytes: Uint8Array, step = bytes.length): Promise<void> {
  const file = await storage.create(location);
  for (let start = 0; start < bytes.length; start += step) await file.write(bytes.subarray(start, start + step));
  await file.close();
}

async function readAll(storage: Storage, location: string): Promise<Uint8Array> {
  const file = await storage.open(location);
  const bytes = await file.read(0, file.size);
  await file.close();
  return bytes;
}
