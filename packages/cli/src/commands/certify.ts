import { resolve } from 'node:path';
import { errorTable, count, counted } from '@riffle/core';
import type { Certification } from '@riffle/pipeline';
import { figureText, pictureText } from '../render/certificate-text.ts';
import type { ErrorDocument } from '../render/error-text.ts';
import { wrapped } from '../render/fit.ts';
import { printable, printableLine } from '../render/wording.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { jobOptionsFor } from './read-recipe.ts';

/** Files that are left out told one by one; `--json` has them all. */
const FILES_SHOWN = 20;

/** What `--json` prints; `error` unless the verdict is `shuffled`. */
export interface CertifyDocument extends Certification {
  readonly error?: ErrorDocument['error'];
}

const failures = {
  'not-shuffled': { code: 'NOT_SHUFFLED', verdict: 'Not shuffled' },
  'too-few-rows': { code: 'TOO_FEW_ROWS', verdict: 'Not judged' },
} as const;

/** `riffle certify`: judges whether the rows of a folder are in the order of a fair shuffle. */
export async function certify({ argument = '.', flags, host, reporter }: CommandCall): Promise<CommandResult> {
  const folder = resolve(host.workingFolder, argument);
  const column = typeof flags['column'] === 'string' ? flags['column'] : undefined;
  const { certify: certifyFolder } = await host.loadPipeline();
  const result = await certifyFolder(folder, { ...jobOptionsFor(host, reporter, host.workingFolder), column });
  const width = host.stderr.columns;
  reporter.result(
    aboutLines(result, argument).flatMap((line) => wrapped(printable(line), width)),
    'usual',
  );
  const { certificate } = result;
  reporter.result(['', ...figureText(certificate, width), '', ...pictureText(certificate.picture), ''], 'usual');
  if (certificate.verdict === 'shuffled') {
    reporter.result([`Shuffled: ${printableLine(argument)}. ${certificate.reasons[0]}`], 'closing');
    return { exitCode: 0, document: result };
  }
  const { code, verdict } = failures[certificate.verdict];
  const message = `${verdict}: ${argument}. ${certificate.reasons.join(' ')}`;
  reporter.result(
    [
      `${verdict}: ${printableLine(argument)}`,
      ...certificate.reasons.flatMap((reason) => wrapped(`  ${reason}`, width)),
    ],
    'bad',
  );
  const error = { code, message, details: { folder } } as const;
  return { exitCode: errorTable[code].exit, document: { ...result, error } satisfies CertifyDocument };
}

/** What was judged, and what was not. */
function aboutLines({ judged, files, leftOut, certificate }: Certification, folder: string): string[] {
  const { rows, judgedRows, stretches } = certificate;
  const which =
    judgedRows === rows
      ? `all ${counted(rows, 'row')}`
      : `${counted(judgedRows, 'row')} of ${count(rows)}, in ${counted(stretches, 'stretch').replace(/chs$/, 'ches')}`;
  const lines =
    judged.kind === 'permutation'
      ? [
          `Judged by the permutation of the plan (${judged.shuffler}, seed ${judged.seed}): ${which} in ${counted(files, 'shard')}.`,
          `This proves the order that was planned. That the rows are there, riffle verify ${folder} proves; --column judges the rows themselves.`,
        ]
      : [
          `Judged by column ${judged.column} (${judged.type}): ${which} in ${counted(files, 'file')}, in the order of their paths.`,
          ...(judged.nulls > 0
            ? [`${counted(judged.nulls, 'null')} among them; null counts as a value of its own.`]
            : []),
        ];
  const bad = leftOut.slice(0, FILES_SHOWN).map(({ path, reason }) => `Left out: ${path}: ${reason}`);
  const rest = leftOut.length - bad.length;
  return [...lines, ...bad, ...(rest > 0 ? [`… and ${count(rest)} more left out`] : [])];
}
