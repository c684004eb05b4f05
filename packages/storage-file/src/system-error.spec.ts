import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { attempt, storageFailed } from './system-error.ts';
import { writableFile } from './writable-file.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code });
}

describe('storageFailed', () => {
  it.each([
    ['ENOSPC', /no space is left.*Free some space/],
    ['EACCES', /permission is denied.*Check the owner/],
    ['EROFS', /read-only.*writable file system/],
    ['EMFILE', /too many files open.*ulimit -n/],
    ['EIO', /input\/output error.*Check the disk/],
  ])('says what %s means and what to do', (code, sentence) => {
    const cause = systemError(code);
    const error = storageFailed('write to', '/out/00000.parquet', cause);
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(`Cannot write to /out/00000.parquet: `);
    expect(error.message).toContain(`(${code})`);
    expect(error).toMatchObject({
      code: 'STORAGE_FAILED',
      exitCode: 1,
      cause,
      details: { operation: 'write to', systemCode: code },
    });
  });

  it('passes on what the system says for a code it does not know', () => {
    expect(storageFailed('read', '/a', systemError('EWEIRD')).message).toBe(
      'Cannot read /a: EWEIRD: as the system says it (EWEIRD).',
    );
  });
});

describe('attempt', () => {
  it('leaves errors of Riffle as they are', async () => {
    const error = storageFailed('read', '/a', systemError('EIO'));
    await expect(attempt('open', '/b', undefined, () => Promise.reject(error))).rejects.toBe(error);
  });
});

describe('a full device', () => {
  it.runIf(process.platform === 'linux')('is reported by name', async () => {
    const file = writableFile(await open('/dev/full', 'w'), '/dev/full');
    await expect(file.write(Buffer.from('x'))).rejects.toMatchObject({
      details: { systemCode: 'ENOSPC', location: '/dev/full' },
    });
    await file.close();
  });
});
