import { join } from 'node:path';
import type { Storage } from '@riffle/core';

/** What stands in an output folder, as far as a message needs it. */
export interface OutputFacts {
  readonly exists: boolean;
  /** Bytes and version of the manifest; undefined where there is none. */
  readonly manifest: string | undefined;
  /** Whether an interrupted run left its work. */
  readonly work: boolean;
  /** Whether there is a list of losses. */
  readonly losses: boolean;
  /** Things beside `.riffle`. */
  readonly others: number;
}

const nothing: OutputFacts = { exists: false, manifest: undefined, work: false, losses: false, others: 0 };

/** Looks into an output folder, which need not be there. Undefined if it cannot be looked into. */
export async function readOutputFacts(location: string, storage: Storage): Promise<OutputFacts | undefined> {
  try {
    if ((await storage.stat(location))?.kind !== 'directory') return nothing;
    const entries = await storage.list(location);
    const own = entries.find(({ path, kind }) => path === '.riffle' && kind === 'directory');
    const state = own === undefined ? [] : await storage.list(join(location, '.riffle'));
    const manifest = state.find(({ path }) => path === 'manifest.json');
    return {
      exists: true,
      manifest: manifest === undefined ? undefined : `${manifest.size} ${manifest.version ?? ''}`,
      work: state.some(({ path, kind }) => path.startsWith('run-') && kind === 'directory'),
      losses: state.some(({ path }) => path === 'lost.jsonl'),
      others: entries.length - (own === undefined ? 0 : 1),
    };
  } catch {
    return undefined;
  }
}
