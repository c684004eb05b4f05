import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkOutput, contentOf } from '../src/check-output.mjs';
import { riffle } from '../src/engines/riffle.mjs';
import { makeData } from '../src/make-data.mjs';
import { measure } from '../src/measure.mjs';
import { runOnce } from '../src/run-once.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (code, options) => measure(process.execPath, ['-e', code], options);
/** Takes 100 MB and some processor time, and stays long enough to be seen on a busy machine. */
const hog = `const held = Buffer.alloc(100e6, 1); setTimeout(() => process.exit(held[0] - 1), 1500);`;

it('adds up the memory of all processes, and counts what they share once', async () => {
  const alone = await node(hog);
  const two = await node(
    `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(hog)}], { stdio: 'inherit' }); ${hog}`,
  );
  expect(alone.peakBytes).toBeGreaterThan(120e6);
  expect(alone.peakAnonymousBytes).toBeGreaterThan(100e6);
  expect(two.peakAnonymousBytes).toBeGreaterThan(200e6);
  expect(two.peakBytes).toBeGreaterThan(two.peakAnonymousBytes);
  // The program itself is one file, of about 90 MB, that both map.
  expect(two.peakBytes).toBeLessThan(2 * alone.peakBytes);
}, 60_000);

it('counts bytes that a process wrote which has ended since', async () => {
  const child = `require('node:fs').writeFileSync('written', Buffer.alloc(7e6, 1))`;
  const { writtenBytes } = await node(
    `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(child)}]); ${hog}`,
    { cwd: folder },
  );
  expect(writtenBytes).toBeGreaterThanOrEqual(7e6);
}, 60_000);

it('sees what was on disk and is gone at the end', async () => {
  const code = `
    const { rmSync, writeFileSync } = require('node:fs');
    writeFileSync('gone', Buffer.alloc(5e6, 1));
    setTimeout(() => rmSync('gone'), 5000);`;
  const temporaryFolder = mkdtempSync(join(folder, 'temporary-'));
  const { temporaryBytes } = await node(code, { cwd: temporaryFolder, temporaryFolder });
  expect(readdirSync(temporaryFolder)).toEqual([]);
  expect(temporaryBytes).toBeGreaterThanOrEqual(5e6);
  expect(temporaryBytes).toBeLessThan(6e6);
}, 60_000);

it('sees the rows that Riffle spills', async () => {
  const dataset = await makeData('tokens', folder, 0.1);
  const input = contentOf(dataset.glob);
  const engine = riffle(['--strategy', 'spill']);
  const run = await runOnce(engine, dataset, join(folder, 'spilled'), {
    check: (glob, shards) => checkOutput(input, glob, shards),
  });
  expect(run.strategy).toBe('spill');
  expect(run.temporaryBytes).toBeGreaterThan(10e6);
  expect(readdirSync(folder).filter((name) => name.startsWith('spilled'))).toEqual([]);
}, 120_000);

it('passes on what a failed command said', async () => {
  await expect(node(`console.error('out of luck'); process.exit(3)`)).rejects.toThrow(
    /ended with status 3:\nout of luck/,
  );
});

it('ends what takes too long, with all that it started', async () => {
  const child = `require('node:fs').writeFileSync('child', String(process.pid)); setTimeout(() => {}, 60_000);`;
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]); setTimeout(() => {}, 60_000);`;
  await expect(node(parent, { cwd: folder, timeoutSeconds: 3 })).rejects.toMatchObject({ reason: 'longer than 3 s' });
  const pid = Number(readFileSync(join(folder, 'child'), 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
}, 60_000);

function isRunning(pid) {
  try {
    // What was killed may wait for its parent to notice.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
