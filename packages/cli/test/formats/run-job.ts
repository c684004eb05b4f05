import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, Report } from '@riffle/core';
import { expect } from 'vitest';
import { runBinary } from '../run-binary.ts';

export interface FinishedJob {
  readonly report: Report;
  readonly receipt: Manifest['receipt'];
  readonly stderr: string;
}

/** Runs a recipe in a folder, its result being `out`, and verifies the result against the inputs. */
export async function runJob(folder: string, recipe: object, flags: readonly string[] = []): Promise<FinishedJob> {
  writeFileSync(join(folder, 'recipe.json'), JSON.stringify({ output: 'out', ...recipe }));
  const ran = await runBinary(['run', 'recipe.json', '--json', ...flags], { workingFolder: folder });
  expect([ran.exitCode, ran.stderr]).toEqual([0, expect.any(String)]);
  const verified = await runBinary(['verify', 'out', '--against-inputs'], { workingFolder: folder });
  expect([verified.exitCode, verified.stderr]).toEqual([0, expect.stringContaining('input shards')]);
  const manifest = JSON.parse(readFileSync(join(folder, 'out', '.riffle', 'manifest.json'), 'utf8')) as Manifest;
  return { report: JSON.parse(ran.stdout) as Report, receipt: manifest.receipt, stderr: ran.stderr };
}
