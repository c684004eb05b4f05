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
const data = corpusFolder('parquet-testing/bad_data');
/** Sound, whatever its name says: DuckDB and parquet-wasm read all its rows. */
const sound = 'ARROW-GH-43605.parquet';

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
  'each unreadable file of parquet-testing/bad_data, as one shard among good ones',
  () => {
    it.each(filesBelow(data, '.parquet').filter((name) => name !== sound))(
      '%s: survived, reported, and the bytes are the same as without it',
      async (name) => {
        const { schema, late } = await neighbourSchema(join(data!, name));
        const collection = (path: string) => ({ name: 'all', path: join(folder, name, path) });
        for (const path of ['with', 'without']) {
          await writeRandomRows(join(folder, name, path, '00000/good.parquet'), schema, 300);
          await writeRandomRows(join(folder, name, path, '00002/good.parquet'), schema, 200);
        }
        mkdirSync(join(folder, name, 'with/00001'));
        copyFileSync(join(data!, name), join(folder, name, 'with/00001', name));
        const [output, reference] = [join(folder, name, 'out'), join(folder, name, 'reference')];
        const { report, events } = await doJob({ collections: [collection('with')], output, shards: 3 });
        await doJob({ collections: [collection('without')], output: reference, shards: 3 });
        expect(report.lost).toMatchObject([
          {
            collection: 'all',
            path: '00001',
            code: expect.stringMatching(/^(BAD|UNSUPPORTED)_CONTENT$/),
            reason: expect.stringMatching(/^\S+\.parquet: .*\w+ \w+ \w+/),
          },
        ]);
        expect(report.rows).toBe(500);
        expect(eventsOf(events, 'replanning')).toHaveLength(late ? 1 : 0);
        expect(shardHashes(output)).toEqual(shardHashes(reference));
      },
    );

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
