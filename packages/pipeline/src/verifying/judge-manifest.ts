import type { Finding, Manifest, Shuffler } from '@riffle/core';
import { manifestDigest } from '../publishing/make-manifest.ts';
import { inputContradictions } from './judge-inputs.ts';
import { outputContradictions } from './judge-outputs.ts';
import { manifestFile } from './read-manifest.ts';

/** What can be said of a manifest before any shard is opened. */
export interface ManifestJudgement {
  readonly findings: readonly Finding[];
  /** Whether the file names are those of shards: only then is any of them opened. */
  readonly namesShards: boolean;
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
  const contradictions = [...names, ...others, ...inputContradictions(manifest)];
  const messages = [...edited, ...contradictions];
  return {
    findings: messages.map((message) => ({ file: manifestFile, code: 'manifest', message })),
    namesShards: names.length === 0,
    consistent: contradictions.length === 0,
  };
}
