import type { JsonValue, Writer, WriterOptions } from '@riffle/core';
import fc from 'fast-check';
import type { Data, RecordBatch, Schema } from 'apache-arrow';
import { arbitraryBatches, arbitrarySchema } from '../arrow/arbitraries.ts';
import { leafTypes } from '../arrow/leaf-types.ts';
import { rowsOf, type CanonicalRow } from '../arrow/rows-of.ts';
import { typeCatalogue } from '../arrow/type-catalogue.ts';
import { aborted, describeIdentity, rejection } from './describe-identity.ts';
import type { TestRunner } from './test-runner.ts';

export interface WriterSuite {
  readonly makeWriter: () => Writer | Promise<Writer>;
  /** The rows of a written file, by a reader that is trusted. */
  readonly readBack: (bytes: Uint8Array) => Promise<readonly CanonicalRow[]>;
  /** Arrow types the format cannot hold, by their names in `typeCatalogue`, each with the reason. The writer must refuse them. */
  readonly unsupported?: Readonly<Record<string, string>>;
  /** Leaf types that only some nestings of are supported, left out of random schemas. */
  readonly withoutInRandom?: readonly string[];
  /** Random schemas to try; default 40. */
  readonly randomRuns?: number;
}

/**
 * Decides whether a Writer keeps its contract. Rows are read back with a trusted reader, so test that first.
 * @example
 * describeWriter({ describe, it, expect }, { makeWriter: createWriter, readBack: (bytes) => readRows(createReader(), bytes) });
 */
export function describeWriter(
  runner: TestRunner,
  { makeWriter, readBack, unsupported = {}, withoutInRandom = [], randomRuns = 40 }: WriterSuite,
): void {
  const { describe, it, expect } = runner;
  const sample = (rows = 200): RecordBatch =>
    typeCatalogue.find((entry) => entry.title === 'struct<int32, utf8>, flat')!.make(rows);
  const options = (schema: Schema, more: Partial<WriterOptions> = {}): WriterOptions => ({
    schema,
    compression: 'none',
    rowGroupBytes: 2 ** 20,
    ...more,
  });

  describe('a writer', () => {
    describeIdentity(runner, 'writer', async () => makeWriter());

    it('names its ending and its codecs', async () => {
      const writer = await makeWriter();
      expect(writer.extension).toMatch(/^\.[a-z0-9.]+$/);
      expect(writer.capabilities.compression.length).toBeGreaterThan(0);
    });

    for (const entry of typeCatalogue.filter(({ type }) => !dictionaryTypes.includes(type))) {
      if (entry.type in unsupported) {
        it(`refuses ${entry.title}: ${unsupported[entry.type]}`, async () => {
          const batch = entry.make(10);
          expect(await rejection(writeAll(await makeWriter(), options(batch.schema), [batch]))).toMatchObject({
            message: expectAnything,
          });
        });
      } else {
        it(`keeps ${entry.title}`, async () => {
          const batches = [entry.make(100), entry.make(0), entry.make(57, 2)];
          const expected = batches.flatMap(rowsOf);
          const { bytes, rows } = await writeAll(await makeWriter(), options(batches[0]!.schema), batches);
          expect(rows).toBe(157);
          expect(await readBack(bytes)).toEqual(expected);
        });
      }
    }

    it('keeps random batches of random schemas', async () => {
      const writer = await makeWriter();
      const schemas = arbitrarySchema(2, {
        without: [...dictionaryTypes, ...Object.keys(unsupported), ...withoutInRandom],
      });
      const cases = schemas.chain((schema) =>
        fc.record({ schema: fc.constant(schema), batches: arbitraryBatches(schema) }),
      );
      await fc.assert(
        fc.asyncProperty(cases, async ({ schema, batches }) => {
          const expected = batches.flatMap(rowsOf);
          const { bytes, rows } = await writeAll(writer, options(schema), batches);
          expect(rows).toBe(batches.reduce((sum, batch) => sum + batch.numRows, 0));
          expect(await readBack(bytes)).toEqual(expected);
        }),
        { numRuns: randomRuns },
      );
    }, 120_000);

    it('writes every codec it names', async () => {
      const writer = await makeWriter();
      const batch = sample();
      for (const compression of writer.capabilities.compression) {
        const { bytes } = await writeAll(writer, options(batch.schema, { compression }), [batch]);
        expect([compression, await readBack(bytes)]).toEqual([compression, rowsOf(batch)]);
      }
    });

    it('gives the same bytes for the same batches, whatever it wrote before', async () => {
      const [writer, other] = [await makeWriter(), await makeWriter()];
      const batches = [sample(100), sample(300)];
      const compression = writer.capabilities.compression[0]!;
      const first = await writeAll(writer, options(batches[0]!.schema, { compression }), batches);
      await writeAll(other, options(batches[0]!.schema, { compression }), [sample(5)]);
      const second = await writeAll(other, options(batches[0]!.schema, { compression }), batches);
      expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
    });

    it('is done with a batch once it is written', async () => {
      const writer = await makeWriter();
      const expected = [...rowsOf(sample()), ...rowsOf(sample(50))];
      const { bytes } = await writeAll(writer, options(sample().schema), [sample(), sample(50)], {
        afterEach: (batch) => overwriteBuffers(batch.data),
      });
      expect(await readBack(bytes)).toEqual(expected);
    });

    it('can be told to write out what it holds, between any two batches', async () => {
      const batches = [sample(100), sample(50), sample(7)];
      const { bytes, rows } = await writeAll(await makeWriter(), options(batches[0]!.schema), batches, {
        flushEach: true,
      });
      expect(rows).toBe(157);
      expect(await readBack(bytes)).toEqual(batches.flatMap(rowsOf));
    });

    it('waits for a slow target, and writes to it in order', async () => {
      const writer = await makeWriter();
      const batches = Array.from({ length: 20 }, () => sample(100));
      const { bytes, overlapped } = await writeAll(
        writer,
        options(batches[0]!.schema, { rowGroupBytes: 2000 }),
        batches,
        { slow: true },
      );
      expect(overlapped).toBe(false);
      expect(await readBack(bytes)).toEqual(batches.flatMap(rowsOf));
    });

    it('writes a sound file of no rows', async () => {
      const writer = await makeWriter();
      for (const batches of [[], [sample(0)]]) {
        const { bytes, rows } = await writeAll(writer, options(sample().schema), batches);
        expect([rows, await readBack(bytes)]).toEqual([0, []]);
      }
    });

    it('passes on what the target throws, and can be aborted then and twice', async () => {
      const error = new Error('the disk is full');
      const batch = sample(1000);
      const shard = await (await makeWriter()).create({ write: () => Promise.reject(error) }, options(batch.schema));
      const thrown = await rejection(shard.write(batch).then(() => shard.close()));
      expect(thrown === error || (thrown as Error).cause === error).toBe(true);
      await shard.abort();
      await shard.abort();
    });

    it('writes nothing after it was aborted', async () => {
      let calls = 0;
      const batch = sample(1000);
      const target = { write: async () => void calls++ };
      const shard = await (await makeWriter()).create(target, options(batch.schema));
      await shard.write(batch);
      await shard.abort();
      const before = calls;
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(calls).toBe(before);
    });

    it('refuses a batch of other columns', async () => {
      const other = typeCatalogue.find((entry) => entry.title === 'int64, flat')!.make(3);
      expect(await rejection(writeAll(await makeWriter(), options(sample().schema), [other]))).toMatchObject({
        message: expectAnything,
      });
    });

    it('stops when told to, with the reason given', async () => {
      const { signal, reason } = aborted();
      const batch = sample();
      const promise = (async () => {
        const shard = await (
          await makeWriter()
        ).create({ write: async () => undefined }, options(batch.schema), { signal });
        await shard.write(batch);
        await shard.close();
      })();
      expect(await rejection(promise)).toBe(reason);
    });

    it('chooses its tuning from samples alone, and takes it back from JSON', async () => {
      const writer = await makeWriter();
      const batch = sample(500);
      const choose = async (): Promise<JsonValue | undefined> =>
        writer.tune?.([{ batch, columns: [], rows: 500 }], {
          schema: batch.schema,
          compression: writer.capabilities.compression[0]!,
          profile: 'balanced',
          rowGroupBytes: 2 ** 20,
          rowsPerShard: 500,
        });
      const tuning = await choose();
      expect(await choose()).toEqual(tuning);
      const again = tuning === undefined ? undefined : (JSON.parse(JSON.stringify(tuning)) as JsonValue);
      expect(again).toEqual(tuning);
      const { bytes } = await writeAll(writer, options(batch.schema, { tuning: again }), [batch]);
      expect(await readBack(bytes)).toEqual(rowsOf(batch));
    });
  });
}

/** Dictionary columns become values in the treaty: no writer sees them. */
const dictionaryTypes = Object.keys(leafTypes).filter((name) => name.startsWith('dictionary'));

/** Matches any text in `toMatchObject`, without the runner's own matchers. */
const expectAnything = { asymmetricMatch: (value: unknown) => typeof value === 'string' && value.length > 0 };

interface WriteOptions {
  readonly afterEach?: (batch: RecordBatch) => void;
  readonly slow?: boolean;
  readonly flushEach?: boolean;
}

async function writeAll(
  writer: Writer,
  writerOptions: WriterOptions,
  batches: readonly RecordBatch[],
  { afterEach, slow = false, flushEach = false }: WriteOptions = {},
): Promise<{ bytes: Uint8Array; rows: number; overlapped: boolean }> {
  const parts: Uint8Array[] = [];
  let writing = false;
  let overlapped = false;
  const target = {
    write: async (bytes: Uint8Array) => {
      overlapped ||= writing;
      writing = true;
      if (slow) await new Promise((resolve) => setTimeout(resolve, 2));
      parts.push(new Uint8Array(bytes));
      writing = false;
    },
  };
  const shard = await writer.create(target, writerOptions);
  try {
    for (const batch of batches) {
      await shard.write(batch);
      if (flushEach) await shard.flush?.();
      afterEach?.(batch);
    }
    const { rows } = await shard.close();
    return { bytes: Buffer.concat(parts), rows, overlapped };
  } catch (error) {
    await shard.abort();
    throw error;
  }
}

/** What a caller that reuses its memory does. Offsets stay sound, so that a careless writer shows wrong rows and not a crash. */
function overwriteBuffers(data: Data): void {
  const bytes = (view: ArrayBufferView | undefined) =>
    view === undefined ? [] : [new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
  for (const buffer of [
    ...bytes(data.values as ArrayBufferView | undefined),
    ...bytes(data.nullBitmap as ArrayBufferView | undefined),
  ])
    buffer.fill(0x55);
  for (const child of data.children) overwriteBuffers(child);
}
