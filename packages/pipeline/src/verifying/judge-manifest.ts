import type { Finding, Manifest, Shuffler } from '@riffle/core';
import { manifestDigest } from '../publishing/make-manifest.ts';
import { inputContradictions } from './judge-inputs.ts';
import { outputContradictions } from './judge-outputs.ts';
import { manifestFile } from './read-manifest.ts';
import { schemaBytesProblem } from './schema-bytes-problem.ts';

/** What can be said of a manifest before any shard is opened. */
export interface ManifestJudgement {
  readonly findings: readonly Finding[];
  /** Whether the file names are those of shards and the schema can be read: only then is any shard opened. */
  readonly opensShards: boolean;
  /** Whether its numbers agree with each other, so that rows can be traced by them. */
  readonly consistent: boolean;
}

/**
 * Whether the digest is that of the content, and whether the numbers of the manifest agree with each other: whoever edits one and makes the digest
 * anew has to edit them all.
 */
export function judgeManifest(manifest: Manifest, extension: string, shuffler: Shuffler): ManifestJudgement {
  const edited =
    manifestDigest(manifest) === manifest.digest
      ? []
      : ['The manifest was edited: its digest does not match its plan and receipt.'];
  const { names, others } = outputContradictions(manifest, extension, shuffler.capabilities.maximumRows);
  const problem = schemaBytesProblem(Buffer.from(manifest.plan.treaty, 'base64'));
  const schema =
    problem === undefined ? [] : [`The manifest's plan.treaty is no Arrow schema: ${problem}; no shard was opened.`];
  const contradictions = [...schema, ...names, ...others, ...inputContradictions(manifest)];
  const messages = [...edited, ...contradictions];
  return {
    findings: messages.map((message) => ({ file: manifestFile, code: 'manifest', message })),
    opensShards: names.length + schema.length === 0,
    consistent: contradictions.length === 0,
  };
}
