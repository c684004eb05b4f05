import { describe, expect, it } from 'vitest';
import { memoryFile } from '@riffle/testkit';
import createParquetReader from '@riffle/reader-parquet';
import { ChildFailure, createChild } from '../src/child-process.mjs';
import { loadOrigins } from '../src/origins.mjs';
import { hasCrcs } from '../src/page-crc.mjs';
import { assemble, takeApart } from '../src/parquet-parts.mjs';
import { reasonKind } from '../src/reason-kinds.mjs';

const origins = await loadOrigins('/nowhere');

async function countRows(bytes) {
  const reader = createParquetReader();
  const file = memoryFile('file', bytes);
  let rows = 0;
  for (const fragment of (await reader.survey(file)).fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes: 2 ** 20 })) rows += batch.numRows;
  return rows;
}

describe('files taken apart', () => {
  it.each(origins.map((origin) => [origin.name, origin]))(
    '%s: put together again, nothing has changed',
    (_, { bytes }) => {
      const { footer, footerStart } = takeApart(bytes);
      expect(Buffer.compare(assemble(bytes.subarray(0, footerStart), footer), bytes)).toBe(0);
    },
  );

  it('CRCs put into page headers are right', async () => {
    const files = origins.filter(({ crc }) => crc);
    expect(files.map(({ bytes }) => hasCrcs(takeApart(bytes)))).toEqual([true, true, true, true, true]);
    expect(await Promise.all(files.slice(0, 1).map(({ bytes }) => countRows(bytes)))).toEqual([5000]);
    const { chunks } = takeApart(files[0].bytes);
    const damaged = files[0].bytes.slice();
    damaged[chunks[0].pages[0].start] ^= 1;
    await expect(countRows(damaged)).rejects.toThrow('A page CRC mismatch');
  });
});

describe('the process for mutants', () => {
  it('is replaced when it gives no answer in time', async () => {
    const child = createChild({ requestSeconds: 0.001 });
    await expect(child.ask('survey', { paths: [] })).rejects.toBeInstanceOf(ChildFailure);
    child.renew();
  });

  it('says what failed', async () => {
    const child = createChild({ requestSeconds: 60 });
    await expect(child.ask('survey', { paths: ['/nowhere/file'] })).rejects.toThrow('ENOENT');
    child.renew();
  });
});

it('a sentence that says nothing to people is of no known kind', () => {
  expect(reasonKind('It is truncated: no Parquet footer at its end, byte 60.')).toBe('truncated');
  expect(reasonKind('RuntimeError: unreachable')).toBeUndefined();
});
