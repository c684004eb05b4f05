import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Field, Int32, Schema, Utf8 } from 'apache-arrow';
import { isBadContent } from '@riffle/core';
import createParquetReader from '@riffle/reader-parquet';
import { createFileStorage } from '@riffle/storage-file';
import { describe, expect, it } from 'vitest';
import { plainField, schemaFromBytes } from '@riffle/columnar';
import { corpusFolder, filesBelow } from './support/corpus.ts';
import { doJob, eventsOf } from './support/job.ts';
import { shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { writeRandomRows } from './support/write-parquet.ts';

const folder = temporaryFolder();
const data = corpusFolder('parquet-testing');
/** Sound, whatever its name says: DuckDB and parquet-wasm read all its rows. */
const sound = 'bad_data/ARROW-GH-43605.parquet';

/** The whole reason of each file that must be refused, after the file's name. Encrypted files are below. */
const reasons: Readonly<Record<string, string>> = {
  'bad_data/ARROW-GH-41317.parquet':
    'Column timestamp_us_no_tz of row group 0: Its counts disagree: the pages hold 0 values, the footer declares 3.',
  'bad_data/ARROW-GH-41321.parquet':
    'Column large_binary of row group 0: A page header is damaged: no sound one at byte 4561 of the file.',
  'bad_data/ARROW-GH-45185.parquet':
    'Column x.list.element of row group 0 cannot be decoded: first repetition level of batch must be 0.',
  'bad_data/ARROW-GH-47662.parquet':
    'Column flba_field of row group 0 cannot be decoded: insufficient values read from column - expected: 100, got: 91.',
  'bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet':
    'Its footer is damaged: bytes 129 to 451 of column name of row group 0 are not within the data of the file (533 bytes).',
  'bad_data/ARROW-RS-GH-6229-LEVELS.parquet':
    'Column outer.list.item.c of row group 0: Its counts disagree: the pages hold 21 values, the footer declares 1.',
  'bad_data/PARQUET-1481.parquet':
    'Its schema has a physical type of number -7, which this version of Riffle does not know.',
  'data/datapage_v1-corrupt-checksum.parquet':
    'Column a of row group 0: A page CRC mismatch: the data was damaged after it was written.',
  'data/rle-dict-uncompressed-corrupt-checksum.parquet':
    'Column long_field of row group 0: A page CRC mismatch: the data was damaged after it was written.',
};

/** What can be wrong in an encrypted file: the footer, or, with a plain footer, what it says of the columns. */
const encryptedReason =
  /^(It is encrypted \((an encrypted footer|column \S+ of row group \d+)\)|Some of its columns are encrypted), which Riffle cannot read\.$/;

const reasonOf = (name: string): string | RegExp => reasons[name] ?? encryptedReason;
const refused = [...Object.keys(reasons), ...filesBelow(data, '.parquet.encrypted')].filter(() => data !== undefined);

/** The schema that the footer of a bad file still gives, for good shards beside it; any where the footer is bad too. */
async function neighbourSchema(path: string): Promise<{ readonly schema: Schema; readonly late: boolean }> {
  const file = await createFileStorage().open(path);
  try {
    const { fields } = schemaFromBytes((await createParquetReader().survey(file)).schema);
    return { schema: new Schema(fields.map(plainField)), late: true };
  } catch (error) {
    if (!isBadContent(error)) throw error;
    return {
      schema: new Schema([new Field('number', new Int32(), true), new Field('text', new Utf8(), true)]),
      late: false,
    };
  } finally {
    await file.close();
  }
}

describe.skipIf(data === undefined)(
  'each unreadable, encrypted or wrongly checksummed file of parquet-testing, as one shard among good ones',
  () => {
    it('none is left out', () => {
      const unreadable = filesBelow(data, '.parquet').filter(
        (name) => (name.startsWith('bad_data/') && name !== sound) || name.includes('corrupt-checksum'),
      );
      expect(Object.keys(reasons).toSorted()).toEqual(unreadable.toSorted());
      expect(unreadable).toHaveLength(9);
      expect(refused.length - unreadable.length).toBeGreaterThan(7);
    });

    it.each(refused)('%s: survived, reported, and the bytes are the same as without it', async (name) => {
      const { schema, late } = await neighbourSchema(join(data!, name));
      const collection = (path: string) => ({ name: 'all', path: join(folder, name, path) });
      for (const path of ['with', 'without']) {
        await writeRandomRows(join(folder, name, path, '00000/good.parquet'), schema, 300);
        await writeRandomRows(join(folder, name, path, '00002/good.parquet'), schema, 200);
      }
      mkdirSync(join(folder, name, 'with/00001'));
      copyFileSync(join(data!, name), join(folder, name, 'with/00001/shard.parquet'));
      const [output, reference] = [join(folder, name, 'out'), join(folder, name, 'reference')];
      const { report, events } = await doJob({ collections: [collection('with')], output, shards: 3 });
      await doJob({ collections: [collection('without')], output: reference, shards: 3 });
      expect(report.lost).toMatchObject([
        {
          collection: 'all',
          path: '00001',
          code: expect.stringMatching(/^(BAD|UNSUPPORTED)_CONTENT$/),
        },
      ]);
      const [file, reason] = report.lost[0]!.reason.split(/: (.*)/s);
      expect(file).toBe('shard.parquet');
      expect(reason).toMatch(reasonOf(name));
      if (typeof reasonOf(name) === 'string') expect(reason).toBe(reasonOf(name));
      expect(report.rows).toBe(500);
      expect(eventsOf(events, 'replanning')).toHaveLength(late ? 1 : 0);
      expect(shardHashes(output)).toEqual(shardHashes(reference));
    });

    it(`${sound} is sound`, async () => {
      const { report } = await doJob({
        collections: [{ name: 'one', path: join(data!, sound) }],
        output: join(folder, 'sound'),
        shards: 2,
      });
      expect(report).toMatchObject({ rows: 21_186, lost: [] });
    });
  },
);
