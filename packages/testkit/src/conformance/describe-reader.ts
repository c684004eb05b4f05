import { isBadContent, type FileSurvey, type Reader, type ReadableFile } from '@riffle/core';
import { tableFromIPC } from 'apache-arrow';
import { rowsOf, type CanonicalRow } from '../arrow/rows-of.ts';
import { memoryFile } from '../storage/memory-storage.ts';
import { aborted, describeIdentity, rejection } from './describe-identity.ts';
import type { TestRunner } from './test-runner.ts';

/** One file a reader must be able to read, with the truth about it from another implementation. */
export interface ReaderSample {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its rows in order, in canonical form. */
  readonly rows: readonly CanonicalRow[];
}

export interface ReaderSuite {
  readonly makeReader: () => Reader | Promise<Reader>;
  /** At least one, and at least one with several fragments. Called once. */
  readonly samples: () => Promise<readonly ReaderSample[]>;
  /** Files of the format look like any other, so that they are known by their ending alone: nothing may be detected then. Default false. */
  readonly knownByEnding?: boolean;
  /** Files that must be refused as bad content, at survey or when read. Beginnings of the samples are always tried. */
  readonly unreadable?: () => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
}

/**
 * Decides whether a Reader keeps its contract.
 * @example
 * describeReader({ describe, it, expect }, { makeReader: createReader, samples: async () => [{ name: 'numbers', bytes, rows }] });
 */
export function describeReader(
  runner: TestRunner,
  { makeReader, samples, knownByEnding = false, unreadable = async () => [] }: ReaderSuite,
): void {
  const { describe, it, expect } = runner;
  let made: Promise<readonly ReaderSample[]> | undefined;
  const allSamples = (): Promise<readonly ReaderSample[]> => (made ??= samples());
  const eachSample = async (
    check: (reader: Reader, sample: ReaderSample, file: ReturnType<typeof memoryFile>) => Promise<void>,
  ): Promise<void> => {
    const reader = await makeReader();
    for (const sample of await allSamples()) await check(reader, sample, memoryFile(`/${sample.name}`, sample.bytes));
  };

  describe('a reader', () => {
    describeIdentity(runner, 'reader', async () => makeReader());

    it('knows its files by ending and, if it can, by their first bytes', async () => {
      const reader = await makeReader();
      for (const ending of reader.extensions) expect(ending).toMatch(/^\.[^A-Z]+$/);
      await eachSample(
        async (_, sample) =>
          void expect(await reader.detect(sample.bytes.subarray(0, reader.headBytes))).toBe(!knownByEnding),
      );
      for (const other of ['', 'P', '<!DOCTYPE html>', 'version https://git-lfs.github.com/spec/v1\n'])
        expect(await reader.detect(new TextEncoder().encode(other))).toBe(false);
    });

    it('surveys rows, fragments and columns, as plain data', async () => {
      await eachSample(async (reader, sample, file) => {
        const survey = structuredClone(await reader.survey(file));
        if (reader.capabilities.rowCounts === 'metadata') {
          expect(survey.rows).toBe(sample.rows.length);
          expect(sum(survey.fragments.map((fragment) => fragment.rows))).toBe(sample.rows.length);
        }
        expect(sum(survey.fragments.map((fragment) => fragment.bytes))).toBeLessThan(sample.bytes.length + 1);
        if (sample.rows.length > 0)
          expect(tableFromIPC(survey.schema).schema.fields.map((field) => field.name)).toEqual(
            Object.keys(sample.rows[0]!),
          );
        expect(survey.columns.every((column) => column.path.length > 0)).toBe(true);
      });
    });

    it('reads metadata only when it surveys', async () => {
      let large = 0;
      await eachSample(async (reader, sample, file) => {
        if (reader.capabilities.rowCounts !== 'metadata' || sample.bytes.length < 100_000) return;
        large++;
        await reader.survey(file);
        expect(sum(file.reads.map((range) => range.length))).toBeLessThan(sample.bytes.length / 2);
      });
      expect(large).toBeGreaterThan((await makeReader()).capabilities.rowCounts === 'metadata' ? 0 : -1);
    });

    it('inspects what it surveys, as JSON, if it can', async () => {
      await eachSample(async (reader, _, file) => {
        if (reader.inspect === undefined) return;
        const survey = await reader.survey(file);
        const readBefore = file.reads.length;
        const inspection = await reader.inspect(file);
        expect(JSON.parse(JSON.stringify(inspection))).toEqual(inspection);
        expect(inspection.fragments.map(({ rows, bytes }) => ({ rows, bytes }))).toEqual(
          survey.fragments.map(({ rows, bytes }) => ({ rows, bytes })),
        );
        expect(inspection.columns.map(({ path, bytes }) => ({ path, bytes }))).toEqual(
          survey.columns.map(({ path, bytes }) => ({ path, bytes })),
        );
        for (const { value, bytes } of inspection.metadata)
          expect(new TextEncoder().encode(value).length).toBeLessThan(bytes + 1);
        expect(sum(file.reads.slice(readBefore).map((range) => range.length))).toBeLessThan(file.size + 1);
      });
      const { inspect } = await makeReader();
      const beginning = memoryFile('/beginning', (await allSamples())[0]!.bytes.subarray(0, 7));
      expect(inspect === undefined || isBadContent(await rejection(inspect(beginning)))).toBe(true);
    });

    it('gives all rows in order, in the schema it surveyed', async () => {
      await eachSample(async (reader, sample, file) => {
        const survey = await reader.survey(file);
        expect(await readAll(reader, file, survey, 2 ** 20)).toEqual(sample.rows);
      });
    });

    it('gives the same rows in small batches', async () => {
      let batches = 0;
      await eachSample(async (reader, sample, file) => {
        const survey = await reader.survey(file);
        expect(await readAll(reader, file, survey, 2000, () => void batches++)).toEqual(sample.rows);
      });
      expect(batches).toBeGreaterThan((await allSamples()).length);
    });

    it('reads a fragment by itself and in any order, if it says so', async () => {
      let several = 0;
      await eachSample(async (reader, sample, file) => {
        const survey = await reader.survey(file);
        if (reader.capabilities.access !== 'random' || survey.fragments.length < 2) return;
        several++;
        const parts: CanonicalRow[][] = [];
        for (const fragment of survey.fragments.keys())
          parts.unshift(await readFragment(await makeReader(), file, survey.fragments.length - 1 - fragment));
        expect(parts.flat()).toEqual(sample.rows);
        expect(parts.map((part) => part.length)).toEqual(survey.fragments.map((fragment) => fragment.rows));
      });
      expect(several).toBeGreaterThan((await makeReader()).capabilities.access === 'random' ? 0 : -1);
    });

    it('survives a caller that stops early', async () => {
      await eachSample(async (reader, sample, file) => {
        const survey = await reader.survey(file);
        if (survey.fragments.length === 0) return;
        for await (const batch of reader.read(file, 0, { targetBatchBytes: 1000 })) if (batch.numRows > 0) break;
        expect(await readAll(reader, file, survey, 2 ** 20)).toEqual(sample.rows);
      });
    });

    it('serves several files in turn, also after it freed its caches', async () => {
      const reader = await makeReader();
      const opened = await Promise.all(
        (await allSamples()).map(async (sample) => ({
          sample,
          file: memoryFile(`/${sample.name}`, sample.bytes),
          survey: await reader.survey(memoryFile(`/${sample.name}`, sample.bytes)),
        })),
      );
      for (let round = 0; round < 2; round++) {
        for (const { sample, file, survey } of opened) {
          const last = survey.fragments.length - 1;
          if (last >= 0)
            expect(await readFragment(reader, file, last)).toEqual(
              sample.rows.slice(sample.rows.length - survey.fragments[last]!.rows),
            );
        }
        reader.release?.();
      }
      expect(reader.heldBytes?.() ?? 0).toBeGreaterThan(-1);
    });

    it('stops when told to, with the reason given', async () => {
      const { signal, reason } = aborted();
      await eachSample(async (reader, _, file) => {
        expect(await rejection(reader.survey(file, { signal }))).toBe(reason);
        const { fragments } = await reader.survey(file);
        if (fragments.length > 0) expect(await rejection(readFragment(reader, file, 0, { signal }))).toBe(reason);
      });
    });

    it('passes on what the storage throws', async () => {
      const error = new Error('the disk failed');
      await eachSample(async (reader, _, file) => {
        const failing: ReadableFile = {
          location: file.location,
          size: file.size,
          read: () => Promise.reject(error),
          readInto: () => Promise.reject(error),
          close: file.close,
        };
        expect(isCausedBy(await rejection(reader.survey(failing)), error)).toBe(true);
      });
    });

    it('calls every beginning of a file bad content, and never gives fewer rows silently', async () => {
      await eachSample(async (reader, sample, file) => {
        for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.999]) {
          const beginning = sample.bytes.subarray(0, Math.floor(sample.bytes.length * share));
          const error = await rejection(surveyAndRead(reader, memoryFile('/beginning', beginning)));
          expect([sample.name, share, isBadContent(error)], String(error)).toEqual([sample.name, share, true]);
        }
        expect(await surveyAndRead(reader, file)).toEqual(sample.rows);
      });
    });

    it('calls unreadable files bad content and stays usable', async () => {
      const reader = await makeReader();
      const [good] = await allSamples();
      for (const { name, bytes } of [...(await unreadable()), { name: 'zeros', bytes: new Uint8Array(5000) }]) {
        const error = await rejection(surveyAndRead(reader, memoryFile(`/${name}`, bytes)));
        expect([name, isBadContent(error)], String(error)).toEqual([name, true]);
        expect(String((error as Error).message).length).toBeGreaterThan(10);
      }
      expect(await surveyAndRead(reader, memoryFile('/good', good!.bytes))).toEqual(good!.rows);
    });
  });
}

async function surveyAndRead(reader: Reader, file: ReadableFile): Promise<CanonicalRow[]> {
  return readAll(reader, file, await reader.survey(file), 2 ** 20);
}

async function readAll(
  reader: Reader,
  file: ReadableFile,
  survey: FileSurvey,
  targetBatchBytes: number,
  onBatch?: () => void,
): Promise<CanonicalRow[]> {
  const rows: CanonicalRow[] = [];
  const types = tableFromIPC(survey.schema).schema.fields.map((field) => `${field.name}: ${field.type}`);
  for (const fragment of survey.fragments.keys()) {
    for await (const batch of reader.read(file, fragment, { targetBatchBytes })) {
      onBatch?.();
      const found = batch.schema.fields.map((field) => `${field.name}: ${field.type}`);
      if (found.join() !== types.join())
        throw new Error(`A batch has other columns than the survey: ${found.join()} instead of ${types.join()}.`);
      rows.push(...rowsOf(batch));
    }
  }
  return rows;
}

async function readFragment(
  reader: Reader,
  file: ReadableFile,
  fragment: number,
  options: { readonly signal?: AbortSignal } = {},
): Promise<CanonicalRow[]> {
  const rows: CanonicalRow[] = [];
  for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20, ...options }))
    rows.push(...rowsOf(batch));
  return rows;
}

function isCausedBy(thrown: unknown, error: Error): boolean {
  return thrown === error || (thrown instanceof Error && thrown.cause !== undefined && isCausedBy(thrown.cause, error));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
