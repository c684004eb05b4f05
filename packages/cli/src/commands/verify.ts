import { resolve } from 'node:path';
import { errorTable, RiffleError, type Finding, count, counted } from '@riffle/core';
import type { VerifyRequest, VerifyResult } from '../host.ts';
import type { FlagValues } from '../recipe/apply-flags.ts';
import type { ErrorDocument } from '../render/error-text.ts';
import { printable } from '../render/wording.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { jobOptionsFor } from './read-recipe.ts';

/** Findings told one by one; `--json` has them all. */
const FINDINGS_SHOWN = 50;

/** What `--json` prints; `error` where something differs. */
export interface VerifyDocument extends VerifyResult {
  readonly error?: ErrorDocument['error'];
}

/** `riffle verify`: checks a published result against its manifest, and against its inputs if asked. */
export async function verify({ argument = '.', flags, host, reporter }: CommandCall): Promise<CommandResult> {
  const request = readRequest(flags);
  const folder = resolve(host.workingFolder, argument);
  const { verify: verifyFolder } = await host.loadPipeline();
  const result = await verifyFolder(folder, { ...jobOptionsFor(host, reporter, host.workingFolder), ...request });
  if (result.ok) {
    reporter.result([verifiedLine(result, argument)], 'closing');
    return { exitCode: 0, document: result };
  }
  const partners = request.againstInputs === true ? ', its manifest and its inputs' : ' and its manifest';
  const message = `${counted(result.findings.length, 'difference')} between ${argument}${partners}`;
  const lines = result.findings.slice(0, FINDINGS_SHOWN).map((finding) => printable(`  ${findingText(finding)}`));
  const rest = result.findings.length - FINDINGS_SHOWN;
  reporter.result([`Different: ${message}`, ...lines, ...(rest > 0 ? [`  … and ${count(rest)} more`] : [])], 'bad');
  const error = { code: 'VERIFICATION_FAILED', message, details: { folder } } as const;
  return {
    exitCode: errorTable.VERIFICATION_FAILED.exit,
    document: { ...result, error } satisfies VerifyDocument,
  };
}

/** @throws USAGE */
function readRequest(flags: FlagValues): VerifyRequest {
  const given = flags['input'];
  const inputs = (typeof given === 'object' ? given : []).map((text) => {
    const equals = text.indexOf('=');
    if (equals <= 0 || equals === text.length - 1)
      throw new RiffleError('USAGE', `--input ${text} must be NAME=PATH: a collection and where it is now.`);
    return { name: text.slice(0, equals), path: text.slice(equals + 1) };
  });
  const againstInputs = flags['againstInputs'] === true;
  if (inputs.length > 0 && !againstInputs)
    throw new RiffleError(
      'USAGE',
      '--input says where inputs are, and they are only read with --against-inputs. Add it, or leave --input out.',
    );
  const twice = inputs.find(({ name }, index) => inputs.findIndex((input) => input.name === name) < index);
  if (twice !== undefined)
    throw new RiffleError('USAGE', `--input gives the collection ${twice.name} twice; give it once.`);
  return againstInputs ? { againstInputs, inputs } : {};
}

function verifiedLine({ rows, shards, inputs }: VerifyResult, folder: string): string {
  const result = `${counted(rows, 'row')} in ${counted(shards, 'shard')} are as the manifest says`;
  if (inputs === undefined) return `Verified: ${result}, ${folder}`;
  const read = `${counted(inputs.rows, 'row')} in ${counted(inputs.shards, 'input shard')}`;
  return `Verified: ${result}, and so are ${read}; ${counted(inputs.sampledRows, 'row')} compared one by one, ${folder}`;
}

/** Most messages name the file themselves. */
function findingText({ file, message }: Finding): string {
  return message.includes(file) ? message : `${file}: ${message}`;
}
