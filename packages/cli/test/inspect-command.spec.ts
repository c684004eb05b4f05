import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InspectedPath, Inspection } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { widthOf } from '../src/render/fit.ts';
import type { Host } from '../src/host.ts';
import { fakeHost, temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

const media = fileURLToPath(new URL('../../pipeline/test/fixtures/media.parquet', import.meta.url));

const speech: InspectedPath = {
  path: 'data/tts',
  kind: 'result',
  result: {
    riffleVersion: '1.0.0',
    rows: 1200,
    shards: 2,
    seed: '42',
    shuffler: 'perm-v1',
    collections: [
      { name: 'tts', rows: 1000 },
      { name: 'news', rows: 200 },
    ],
    lost: 1,
    digest: 'd'.repeat(64),
    finishedAt: '2026-11-23T05:00:00.000Z',
  },
  formats: ['parquet'],
  rows: 1200,
  bytes: 64_000_000,
  shards: 2,
  files: 2,
  ignored: 1,
  lost: [
    { path: '00001.parquet', status: 'failed', code: 'BAD_CONTENT', kind: 'truncated', reason: 'It is truncated.' },
  ],
  schemas: [
    {
      columns: [
        {
          name: 'audio',
          type: 'struct<bytes: binary, path: string>',
          nullable: true,
          feature: 'Audio(sampling_rate=24000)',
        },
        { name: 'codes', type: 'list<int32>', nullable: false, feature: 'List(Value)' },
        { name: 'evil\u001b[2J\nname', type: 'string', nullable: true },
      ],
      files: 2,
      example: '00000.parquet',
    },
  ],
  fragments: {
    count: 4,
    rows: { least: 300, most: 300 },
    bytes: { least: 15_000_000, most: 17_000_000 },
    uncompressedBytes: { least: 20_000_000, most: 21_000_000 },
  },
  columns: [
    {
      path: ['audio', 'bytes'],
      type: 'BYTE_ARRAY',
      codecs: ['UNCOMPRESSED'],
      encodings: ['PLAIN', 'RLE'],
      bytes: 60_000_000,
      uncompressedBytes: 60_000_000,
      values: 1200,
      nulls: 3,
      dictionary: 'none',
    },
    {
      path: ['codes', 'list', 'element'],
      type: 'INT32',
      codecs: ['SNAPPY', 'ZSTD'],
      encodings: ['PLAIN', 'RLE', 'RLE_DICTIONARY'],
      bytes: 4_000_000,
      uncompressedBytes: 8_000_000,
      values: 1_000_000,
      dictionary: 'part',
    },
  ],
  writtenBy: ['parquet-rs version 59.3'],
  metadata: [
    { key: 'huggingface', value: '{"info": {"features": {}}}', bytes: 26 },
    { key: 'ARROW:schema', value: 'QUJD'.repeat(500), bytes: 2000 },
    { key: 'binary', value: '\u0000\u0001\uFFFD\uFFFD', bytes: 4 },
  ],
  problems: [{ kind: 'layout', message: 'Column codes.list.element began with a dictionary and went on without.' }],
  preview: {
    file: '00000.parquet',
    columns: ['audio', 'codes', 'evil\u001b[2J\nname'],
    rows: [
      ['1.2 s, 24 kHz wav, "a.wav"', '[1, 2, 3, 4, 5, 6, 7, 8, … 1,187 in all]', '"hello"'],
      [null, '[]', null],
    ],
  },
};

const inspection: Inspection = { ok: true, paths: [speech] };

function hostOfWidth(columns: number | undefined): ReturnType<typeof fakeHost> {
  const host = fakeHost({ inspect: () => Promise.resolve(inspection) });
  const stderr: Host['stderr'] = { ...host.stderr, columns };
  return { ...host, stderr };
}

describe('riffle inspect', () => {
  it('tells people what there is, as tables', async () => {
    const host = hostOfWidth(100);
    expect(await main(['inspect', 'data/tts'], host)).toBe(0);
    expect(host.written.stderr).toMatchSnapshot();
    expect(host.written.stdout).toBe('');
  });

  it('fits every line to the terminal, stacked where it is narrow', async () => {
    for (const width of [40, 60, 80, 200]) {
      const host = hostOfWidth(width);
      expect(await main(['inspect', 'data/tts'], host)).toBe(0);
      const lines = host.written.stderr.split('\n');
      expect([width, lines.filter((line) => widthOf(line) > width)]).toEqual([width, []]);
      expect(host.written.stderr).toContain('1.2 s, 24 kHz');
      expect(host.written.stderr).not.toContain('\u001b[2J');
    }
    const narrow = hostOfWidth(40);
    await main(['inspect', 'data/tts'], narrow);
    expect(narrow.written.stderr).toMatchSnapshot();
  });

  it('prints the inspection as one document with --json, and only problems and the end with --quiet', async () => {
    const host = hostOfWidth(undefined);
    expect(await main(['inspect', 'data/tts', '--json', '--quiet'], host)).toBe(0);
    expect(JSON.parse(host.written.stdout)).toEqual(inspection);
    expect(host.written.stderr).toBe(
      '2 problems of data/tts\n  failed shard 00001.parquet: It is truncated.\n  Column codes.list.element began with a dictionary and went on without.\n\nInspected: 1 path, 1,200 rows; 2 problems\n',
    );
  });

  it.each(['x', '-1', '1.5', ''])('refuses --rows %s', async (rows) => {
    const host = fakeHost();
    expect(await main(['inspect', 'data/tts', `--rows=${rows}`, '--json'], host)).toBe(2);
    expect(JSON.parse(host.written.stdout)).toMatchObject({ error: { code: 'USAGE' } });
  });

  it('takes any number of paths, which must exist', async () => {
    const workingFolder = temporaryFolder();
    mkdirSync(join(workingFolder, 'speech'));
    cpSync(media, join(workingFolder, 'speech/00000.parquet'));
    writeFileSync(join(workingFolder, 'broken.parquet'), 'PAR1 and no more');
    const good = await runBinary(['inspect', 'speech', 'broken.parquet', '--rows', '1', '--json'], { workingFolder });
    expect([good.exitCode, good.stderr]).toEqual([0, expect.stringContaining('It is truncated')]);
    const { paths } = JSON.parse(good.stdout) as Inspection;
    expect(paths.map(({ kind, rows, lost }) => [kind, rows, lost.length])).toEqual([
      ['collection', 6, 0],
      ['file', 0, 1],
    ]);
    expect(paths[0]!.preview!.rows).toEqual([
      ['1.2 s, 24 kHz wav, "a.wav"', '640×480 png', '0 = "cat"', '[]', '"plain"'],
    ]);
    const none = await runBinary(['inspect', 'speech', 'nowhere', '--json'], { workingFolder });
    expect([none.exitCode, (JSON.parse(none.stdout) as { error: { code: string } }).error.code]).toEqual([2, 'USAGE']);
    expect((await runBinary(['inspect'], { workingFolder })).exitCode).toBe(2);
  });
});
