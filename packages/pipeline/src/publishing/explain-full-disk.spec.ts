import { RiffleError } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { explainFullDisk, isFullDisk } from './explain-full-disk.ts';

const plan = { estimatedOutputBytes: 3e9, memory: { estimatedSpillBytes: 5e9 } };
const failed = (systemCode: string, location: string) =>
  new RiffleError('STORAGE_FAILED', `Cannot write to ${location}: it is full (${systemCode}).`, {
    operation: 'write to',
    location,
    systemCode,
  });

describe('a full disk is explained', () => {
  it.each([
    ['output and spill in one place', '/out/.riffle/run-1/shards/00001.parquet', undefined, 8e9, '8.00 GB'],
    ['the output, spill elsewhere', '/out/.riffle/run-1/shards/00001.parquet', '/temp/riffle-1', 3e9, '3.00 GB'],
    ['the temp folder', '/temp/riffle-1/spill-000000.bin', '/temp/riffle-1', 5e9, '5.00 GB'],
  ])('%s', (_, location, tempFolder, needed, inWords) => {
    for (const code of ['ENOSPC', 'EDQUOT']) {
      const error = failed(code, location);
      const explained = explainFullDisk(error, { plan, tempFolder, free: 12_345_678 });
      expect(explained).toMatchObject({
        code: 'STORAGE_FAILED',
        exitCode: 1,
        details: { operation: 'write to', location, systemCode: code, needed, free: 12_345_678 },
      });
      expect(explained.message).toBe(
        `${error.message} By its plan the job needs about ${inWords} there in all, part of which it had written. Free now: 12.3 MB.`,
      );
    }
  });

  it('with what is known', () => {
    const error = failed('ENOSPC', '/out/x');
    const explained = explainFullDisk(error, { plan: undefined, tempFolder: undefined, free: undefined });
    expect(explained.message).toBe(error.message);
    expect(explained.details).toEqual(error.details);
  });
});

it('leaves other errors as they are', () => {
  for (const error of [failed('EIO', '/out/x'), new RiffleError('NO_ROWS', 'No rows.', { systemCode: 'ENOSPC' })]) {
    expect(isFullDisk(error)).toBe(false);
    expect(explainFullDisk(error, { plan, tempFolder: undefined, free: 1 })).toBe(error);
  }
});
