import { join } from 'node:path';
import { RiffleError, type Manifest } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { main } from '../src/main.ts';
import { fakeHost } from './fake-host.ts';

const manifest = {
  riffleVersion: '1.2.3',
  plan: { rows: 11, seed: 'a\u001bb' },
  receipt: {
    outputs: [
      { rows: 6, bytes: 1000 },
      { rows: 5, bytes: 500 },
    ],
    collections: [{ name: 'a' }],
    lost: [{}, {}],
  },
  run: { seconds: 'long' },
} as unknown as Manifest;

describe('report', () => {
  it('says where the page is and what the result holds', async () => {
    let given: unknown;
    const host = fakeHost({
      report: (folder, { baseFolder }) => {
        given = { folder, baseFolder };
        return Promise.resolve({ location: join(folder, '.riffle/report.html'), bytes: 77, manifest });
      },
    });
    expect(await main(['report', 'out', '--json'], host)).toBe(0);
    expect(given).toEqual({ folder: join(host.workingFolder, 'out'), baseFolder: host.workingFolder });
    expect(JSON.parse(host.written.stdout)).toEqual({
      ok: true,
      report: join(host.workingFolder, 'out/.riffle/report.html'),
      bytes: 77,
      rows: 11,
      shards: 2,
      rowsPerShard: [5, 6],
      outputBytes: 1500,
      collections: 1,
      lost: 2,
      riffleVersion: '1.2.3',
    });
    expect(host.written.stderr).toContain('2, of 5 or 6 rows each');
    expect(host.written.stderr).toContain('2 input shards');
    expect(host.written.stderr).toContain('The report is out/.riffle/report.html');
    expect(host.written.stderr).not.toContain('\u001b');
  });

  it('says no more than where the page is with --quiet', async () => {
    const host = fakeHost({
      report: () => Promise.resolve({ location: '/x/.riffle/report.html', bytes: 7, manifest }),
    });
    expect(await main(['report', '/x', '--quiet'], host)).toBe(0);
    expect(host.written.stderr).toBe('The report is /x/.riffle/report.html; open it in a browser.\n');
  });

  it('ends as its error says', async () => {
    const host = fakeHost({ report: () => Promise.reject(new RiffleError('NOT_A_RESULT', 'It is none.')) });
    expect(await main(['report', 'out', '--json'], host)).toBe(2);
    expect(JSON.parse(host.written.stdout)).toMatchObject({ ok: false, error: { code: 'NOT_A_RESULT' } });
  });
});
