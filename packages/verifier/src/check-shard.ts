import { createHash } from 'node:crypto';
import {
  addFingerprints,
  columnsOfBatch,
  createFingerprintSums,
  fingerprintHex,
  schemaFromBytes,
} from '@riffle/columnar';
import {
  isBadContent,
  type FileSurvey,
  type Finding,
  type FindingCode,
  type ReadableFile,
  type Reader,
  type ShardExpectation,
  type VerifyOptions,
} from '@riffle/core';
import { schemaDifference } from './schema-difference.ts';

/** Bytes hashed at a time. */
const hashChunk = 4 * 2 ** 20;

async function sha256Of(file: ReadableFile, { signal }: VerifyOptions): Promise<string> {
  const hash = createHash('sha256');
  for (let offset = 0; offset < file.size; offset += hashChunk)
    hash.update(await file.read(offset, Math.min(hashChunk, file.size - offset), { signal }));
  return hash.digest('hex');
}

/** Rows and fingerprint of what the file decodes to. */
async function decode(
  file: ReadableFile,
  survey: FileSurvey,
  reader: Reader,
  { signal, targetBatchBytes }: VerifyOptions,
  schema: Uint8Array,
): Promise<{ rows: number; fingerprint: string }> {
  const sums = createFingerprintSums(1);
  let rows = 0;
  for (const fragment of survey.fragments.keys()) {
    for await (const batch of reader.read(file, fragment, { signal, targetBatchBytes, schema })) {
      addFingerprints(columnsOfBatch(batch), sums, 0);
      rows += batch.numRows;
    }
  }
  return { rows, fingerprint: fingerprintHex(sums.words()) };
}

/** Other bytes with equal rows: another encoding, or a change where no value depends on it. */
function withSameRows(finding: Finding): Finding {
  return {
    ...finding,
    message: `${finding.message.slice(0, -1)}; it still holds the same rows, by their fingerprint (their order is not compared: see --against-inputs).`,
  };
}

/**
 * Compares one shard with what it must be, cheapest differences first. Metadata is read in any case; with depth `full`
 * every row is decoded and its fingerprint added up. Content that cannot be read is a finding; what depends on the machine is thrown.
 */
export async function checkShard(
  file: ReadableFile,
  expectation: ShardExpectation,
  reader: Reader,
  options: VerifyOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const add = (code: FindingCode, message: string, found?: string | number) => {
    const finding = { file: expectation.file, code, message: `${expectation.file} ${message.replace(/\.$/, '')}.` };
    findings.push(found === undefined ? finding : { ...finding, found });
  };
  if (expectation.bytes !== undefined && file.size !== expectation.bytes)
    add('bytes', `has ${file.size} bytes instead of ${expectation.bytes}`, file.size);
  if (expectation.sha256 !== undefined && findings.length === 0) {
    const sha256 = await sha256Of(file, options);
    if (sha256 !== expectation.sha256)
      add('sha256', `has the sha256 ${sha256} instead of ${expectation.sha256}: its bytes were changed`, sha256);
  }
  try {
    const survey = await reader.survey(file, { signal: options.signal, schema: expectation.schema });
    const difference = schemaDifference(schemaFromBytes(expectation.schema), schemaFromBytes(survey.schema));
    if (difference !== undefined) add('schema', `has another schema: ${difference}`);
    if (survey.rows === 0) add('empty', 'has no rows');
    else if (survey.rows !== expectation.rows)
      add('rows', `has ${survey.rows} rows instead of ${expectation.rows}`, survey.rows);
    if (options.depth === 'full' && expectation.fingerprint !== undefined && difference === undefined) {
      const decoded = await decode(file, survey, reader, options, expectation.schema);
      if (decoded.rows !== survey.rows)
        add('rows', `decodes to ${decoded.rows} rows where its metadata says ${survey.rows}`);
      if (decoded.fingerprint !== expectation.fingerprint)
        add(
          'fingerprint',
          `holds other rows: fingerprint ${decoded.fingerprint} instead of ${expectation.fingerprint}`,
          decoded.fingerprint,
        );
      else if (decoded.rows === expectation.rows) return findings.map(withSameRows);
    }
  } catch (error) {
    if (!isBadContent(error)) throw error;
    add('unreadable', `cannot be read: ${error.message}`);
  }
  return findings;
}
