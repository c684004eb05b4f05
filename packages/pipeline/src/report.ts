import { RiffleError, type JobOptions, type Manifest, type Shuffler, type Storage } from '@riffle/core';
import { loadPlugin } from './plugins/load-plugin.ts';
import { locate } from './preflight/locate.ts';
import { writeReport } from './publishing/write-report.ts';
import { asRiffleError } from './start-job.ts';
import { readManifest } from './verifying/read-manifest.ts';

/** What {@link report} made, and the manifest that it was made from. */
export interface ReportMade {
  /** Of the page, as a location of the storage. */
  readonly location: string;
  /** Its size. */
  readonly bytes: number;
  readonly manifest: Manifest;
}

/**
 * Makes `.riffle/report.html` of a result anew, from its manifest alone: shards and inputs are not read. Loads the storage and the shuffler that it is
 * given and no other plugin.
 * @throws `NOT_A_RESULT` if there is no manifest or it cannot be used, and what depends on the machine
 */
export async function report(
  folder: string,
  { plugins, baseFolder, signal }: Pick<JobOptions, 'plugins' | 'baseFolder' | 'signal'>,
): Promise<ReportMade> {
  try {
    const [storage, shuffler] = await Promise.all([
      loadPlugin<Storage>('storage', plugins.storage),
      loadPlugin<Shuffler>('shuffler', plugins.shuffler),
    ]);
    const output = locate(folder, baseFolder, storage);
    const manifest = await readManifest(storage, output, signal);
    if (typeof manifest === 'string')
      throw new RiffleError(
        'NOT_A_RESULT',
        `The manifest in ${output} cannot be used: ${manifest}. Run \`riffle verify\` on the folder to see what else differs, or make the result again. Nothing was written.`,
        { location: output },
      );
    signal?.throwIfAborted();
    return { ...(await writeReport({ storage, shuffler }, output, manifest)), manifest };
  } catch (error) {
    throw asRiffleError(error, signal);
  }
}
