import { resolve } from 'node:path';
import { count, counted, duration, shardTotals, type Manifest } from '@riffle/core';
import type { ReportMade } from '@riffle/pipeline';
import { shownPath } from '../render/shown-path.ts';
import { evenShards, printableLine, table } from '../render/wording.ts';
import { formatByteSize } from '@riffle/core';
import type { CommandCall, CommandResult } from './command.ts';
import { jobOptionsFor } from './read-recipe.ts';

/** What `riffle report --json` prints. */
export interface ReportDocument {
  readonly ok: true;
  /** Location of the page. */
  readonly report: string;
  /** Size of the page. */
  readonly bytes: number;
  readonly rows: number;
  readonly shards: number;
  /** Of the smallest and the largest shard. */
  readonly rowsPerShard: readonly [number, number];
  /** Size of all shards. */
  readonly outputBytes: number;
  readonly collections: number;
  /** Input shards lost, wholly or in part. */
  readonly lost: number;
  /** The version that made the result. */
  readonly riffleVersion: string;
}

/** `riffle report`: makes the page about a result anew, from its manifest. */
export async function report({ argument = '.', host, reporter }: CommandCall): Promise<CommandResult> {
  const folder = resolve(host.workingFolder, argument);
  const { report: reportFolder } = await host.loadPipeline();
  const made = await reportFolder(folder, jobOptionsFor(host, reporter, host.workingFolder));
  const document = documentOf(made);
  reporter.result(['', ...summary(document, made.manifest), ''], 'usual');
  reporter.result([`The report is ${shownPath(made.location, host.workingFolder)}; open it in a browser.`], 'closing');
  return { exitCode: 0, document };
}

function documentOf({ location, bytes, manifest: { plan, receipt, riffleVersion } }: ReportMade): ReportDocument {
  const rows = shardTotals(receipt.outputs).map((shard) => shard.rows);
  return {
    ok: true,
    report: location,
    bytes,
    rows: plan.rows,
    shards: rows.length,
    rowsPerShard: [
      rows.reduce((least, value) => Math.min(least, value), rows[0] ?? 0),
      rows.reduce((most, value) => Math.max(most, value), 0),
    ],
    outputBytes: receipt.outputs.reduce((sum, shard) => sum + shard.bytes, 0),
    collections: receipt.collections.length,
    lost: receipt.lost.length,
    riffleVersion,
  };
}

function summary(document: ReportDocument, { plan, run }: Manifest): string[] {
  const [fewest, most] = document.rowsPerShard;
  const seconds: unknown = run.seconds;
  return table([
    ['rows', count(document.rows)],
    ['shards', evenShards(document.shards, fewest, most)],
    ['size', formatByteSize(document.outputBytes)],
    ['collections', count(document.collections)],
    ['lost', document.lost === 0 ? 'nothing' : counted(document.lost, 'input shard')],
    ['seed', plan.seed],
    // What a manifest says of the run may be anything.
    ...(typeof seconds === 'number' ? [['time', duration(seconds)] as const] : []),
  ]).map(printableLine);
}
