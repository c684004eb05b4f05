import { isRiffleError, type JobOptions, type Plan } from '@riffle/core';
import { chooseReferences, loadPlugins, preparePlugins } from './plugins/plugin-set.ts';
import { locate } from './preflight/locate.ts';
import { asRiffleError } from './start-job.ts';
import { tryCodec, type CodecSpeeds } from './trial/try-codec.ts';
import { tryDisk } from './trial/try-disk.ts';

/** What this machine did in a trial, in bytes a second: of files for `write` and `read`, else of Arrow data on one core. */
export interface Speeds extends CodecSpeeds {
  /** Written and synced where the output will be. */
  readonly write: number;
  /** Read back from there, maybe from the system's cache. */
  readonly read: number;
}

/**
 * Tries for about a second, in this thread, how fast disk and codecs do what a plan will ask of them. Leaves nothing behind.
 *
 * @returns undefined if the plan has nothing to try, or the disk or the file tried fail: the job will find out
 * @throws RiffleError if it was stopped, or a plugin cannot be loaded
 */
export async function trial(plan: Plan, options: JobOptions): Promise<Speeds | undefined> {
  const { signal } = options;
  const references = chooseReferences(options.plugins, plan.recipe.plugins);
  const plugins = await loadPlugins(references, await preparePlugins(references));
  try {
    const codec = await tryCodec(plan, plugins, signal);
    if (codec === undefined) return undefined;
    const output = locate(plan.recipe.output, options.baseFolder, plugins.storage);
    return { ...codec, ...(await tryDisk(output, plugins.storage, signal)) };
  } catch (error) {
    if (signal?.aborted === true || !isRiffleError(error)) throw asRiffleError(error, signal);
    return undefined;
  }
}
