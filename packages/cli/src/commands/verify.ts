import { resolve } from 'node:path';
import { errorTable } from '@riffle/core';
import { count, counted, printable } from '../render/wording.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { jobOptionsFor } from './read-recipe.ts';

/** Findings told one by one; `--json` has them all. */
const FINDINGS_SHOWN = 50;

/** `riffle verify`: checks a published result against its manifest. */
export async function verify({ argument = '.', host, reporter }: CommandCall): Promise<CommandResult> {
  const folder = resolve(host.workingFolder, argument);
  const { verify: verifyFolder } = await host.loadPipeline();
  const result = await verifyFolder(folder, jobOptionsFor(host, reporter, host.workingFolder));
  if (result.ok) {
    const line = `Verified: ${counted(result.rows, 'row')} in ${counted(result.shards, 'shard')} are as the manifest says, ${argument}`;
    reporter.result([line], 'closing');
    return { exitCode: 0, document: result };
  }
  const message = `${counted(result.findings.length, 'difference')} between ${argument} and its manifest`;
  const lines = result.findings
    .slice(0, FINDINGS_SHOWN)
    .map((finding) => printable(`  ${finding.file}: ${finding.message}`));
  const rest = result.findings.length - FINDINGS_SHOWN;
  reporter.result([`Different: ${message}`, ...lines, ...(rest > 0 ? [`  … and ${count(rest)} more`] : [])], 'bad');
  return {
    exitCode: errorTable.VERIFICATION_FAILED.exit,
    document: { ...result, error: { code: 'VERIFICATION_FAILED', message, details: { folder } } },
  };
}
