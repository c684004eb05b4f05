import { basename } from 'node:path';
import type { Manifest, Shuffler, Storage } from '@riffle/core';
import type { StartedJob } from '../start-job.ts';
import { certifyResult, type CertifiedOrder } from './certify-result.ts';
import { manifestDigest } from './make-manifest.ts';
import { reportName, stateFolder, writeDurably } from './output-folder.ts';

/** Where a report was written, and its size in bytes. */
export interface WrittenReport {
  readonly location: string;
  readonly bytes: number;
}

/** Reads what draws a report while there is nothing else to do, which takes as long as drawing it. What goes wrong is told by {@link writeReport}. */
export function loadReport(): void {
  import('@riffle/report').catch(() => undefined);
}

/** Makes `.riffle/report.html` anew from a manifest. What draws it is loaded only now, or by {@link loadReport}. */
export async function writeReport(
  { storage, shuffler }: { readonly storage: Storage; readonly shuffler: Shuffler },
  output: string,
  manifest: Manifest,
  certified?: CertifiedOrder,
): Promise<WrittenReport> {
  const { renderReport } = await import('@riffle/report');
  const folder = basename(await storage.realLocation(output));
  const edited = manifestDigest(manifest) !== manifest.digest;
  const certificate = await certifyResult(manifest, shuffler, certified);
  const text = renderReport({ manifest, folder, edited, certificate });
  const state = storage.join(output, stateFolder);
  await writeDurably(storage, state, reportName, text);
  return { location: storage.join(state, reportName), bytes: Buffer.byteLength(text) };
}

/** The same after a job, which is done by then: what goes wrong is a warning, and who stopped it waits for no report. */
export async function tryWriteReport(
  { plugins, signal, warn }: Pick<StartedJob, 'plugins' | 'signal' | 'warn'>,
  output: string,
  manifest: Manifest,
  certified?: CertifiedOrder,
): Promise<void> {
  if (signal?.aborted === true) return;
  try {
    await writeReport(plugins, output, manifest, certified);
  } catch (error) {
    warn(
      `The result is published, but its report could not be written: ${(error as Error).message} Run \`riffle report\` on the folder to make it.`,
    );
  }
}
