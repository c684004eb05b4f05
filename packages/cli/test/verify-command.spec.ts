import { join } from 'node:path';
import { RiffleError } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { fakeHost } from './fake-host.ts';

describe('verify', () => {
  it('is 0 for a result that is as its manifest says', async () => {
    const host = fakeHost({ verify: () => Promise.resolve({ ok: true, shards: 2, rows: 10, findings: [] }) });
    expect(await main(['verify', 'out', '--json'], host)).toBe(0);
    expect(JSON.parse(host.written.stdout)).toEqual({ ok: true, shards: 2, rows: 10, findings: [] });
    expect(host.written.stderr).toContain('Verified: 10 rows in 2 shards are as the manifest says, out');
  });

  it('is 3 for a difference, and names it', async () => {
    const findings = [{ file: '00001.parquet', code: 'missing', message: '00001.parquet is not there.' }] as const;
    const host = fakeHost({ verify: () => Promise.resolve({ ok: false, shards: 2, rows: 10, findings }) });
    expect(await main(['verify', 'out', '--json'], host)).toBe(3);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      ok: false,
      findings,
      error: { code: 'VERIFICATION_FAILED' },
    });
    expect(host.written.stderr).toContain('00001.parquet is not there.');
  });

  it('names the file of a difference once', async () => {
    const findings = [
      { file: '00001.parquet', code: 'missing', message: '00001.parquet is not there.' },
      { file: '.riffle/manifest.json', code: 'manifest', message: 'The manifest was edited.' },
    ] as const;
    const host = fakeHost({ verify: () => Promise.resolve({ ok: false, shards: 2, rows: 10, findings }) });
    expect(await main(['verify', 'out'], host)).toBe(3);
    expect(host.written.stderr).toBe(
      'Different: 2 differences between out and its manifest\n  00001.parquet is not there.\n  .riffle/manifest.json: The manifest was edited.\n',
    );
  });

  it('hands on where the inputs are now, and says what of them was compared', async () => {
    let given: unknown;
    const host = fakeHost({
      verify: (_, { againstInputs, inputs, baseFolder }) => {
        given = { againstInputs, inputs, baseFolder };
        const compared = { shards: 4, rows: 11, sampledRows: 7 };
        return Promise.resolve({ ok: true, shards: 2, rows: 10, findings: [], inputs: compared });
      },
    });
    const words = ['verify', 'out', '--against-inputs', '--input', 'a=x=y', '--input', 'b=/data/b'];
    expect(await main(words, host)).toBe(0);
    expect(given).toEqual({
      againstInputs: true,
      inputs: [
        { name: 'a', path: 'x=y' },
        { name: 'b', path: '/data/b' },
      ],
      baseFolder: host.workingFolder,
    });
    expect(host.written.stderr).toBe(
      'Verified: 10 rows in 2 shards are as the manifest says, and so are 11 rows in 4 input shards; 7 rows compared one by one, out\n',
    );
  });

  it.each([
    [['--input', 'a=x'], /only read with --against-inputs/],
    [['--against-inputs', '--input', 'x'], /--input x must be NAME=PATH/],
    [['--against-inputs', '--input', '=x'], /--input =x must be NAME=PATH/],
    [['--against-inputs', '--input', 'a=x', '--input', 'a=y'], /collection a twice/],
  ])('refuses %j: USAGE', async (flags, message) => {
    const host = fakeHost();
    expect(await main(['verify', 'out', ...flags, '--json'], host)).toBe(2);
    expect(JSON.parse(host.written.stdout)).toMatchObject({
      error: { code: 'USAGE', message: expect.stringMatching(message) },
    });
  });

  it('takes the folder from the working folder', async () => {
    let given: string | undefined;
    const host = fakeHost({
      verify: (folder) => {
        given = folder;
        return Promise.reject(new RiffleError('NOT_A_RESULT', 'It has no manifest.'));
      },
    });
    expect(await main(['verify', 'out'], host)).toBe(2);
    expect(given).toBe(join(host.workingFolder, 'out'));
    expect(host.written.stderr).toBe('riffle: It has no manifest.\n  Next: riffle inspect out\n');
  });
});
