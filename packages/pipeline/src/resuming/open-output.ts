import type { Report } from '@riffle/core';
import { refuseOccupied } from '../preflight/refuse-occupied.ts';
import { openEventLog, type EventLog } from '../publishing/event-log.ts';
import { lockOutput } from '../publishing/output-lock.ts';
import { isShardName, stateFolder } from '../publishing/output-folder.ts';
import { foreignShards, readOutputState, type OutputState } from '../publishing/output-state.ts';
import type { StartedJob } from '../start-job.ts';
import { beginWork, findInterruptedWork, type Work } from './begin-work.ts';
import { finishedResult } from './finished-result.ts';
import type { JobIdentity } from './journal-records.ts';

/** An output folder that no other run writes into until it is closed. */
export interface OpenOutput {
  readonly output: string;
  readonly log: EventLog;
  /** Bytes of the memory budget: an interrupted run's, unless the recipe says. */
  readonly memory: number;
  /** With `resume`: the result that is there already, verified, if it is this job's. */
  finishedResult(identity: JobIdentity): Promise<Report | undefined>;
  /** Makes the run's folder, or goes on in an interrupted run's. */
  beginWork(identity: JobIdentity): Promise<Work>;
  close(): Promise<void>;
}

/** Tools that load a folder read every data file in it. */
function warnOfOthers({ warn, plugins: { writer } }: StartedJob, output: string, state: OutputState): void {
  const { extension } = writer;
  const beside = state.others.filter((name) => name.endsWith(extension) && !isShardName(name, extension));
  const foreign = foreignShards(state, extension);
  const some = (names: readonly string[]) => `${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`;
  if (beside.length > 0)
    warn(
      `${output} also holds ${some(beside)}, which will not be part of the result and stays where it is; tools that load the whole folder read it, too.`,
    );
  if (foreign.length > 0)
    warn(
      `${output} holds ${some(foreign)}, named like shards, and no manifest of Riffle's. Once the result is verified, they are moved to ${stateFolder}/set-aside-….`,
    );
}

/**
 * Locks an output folder and looks at what is there, now that nobody can change it.
 * @throws OUTPUT_LOCKED, OUTPUT_NOT_EMPTY
 */
export async function openOutput(context: StartedJob, resume: boolean): Promise<OpenOutput> {
  const { recipe, signal } = context;
  const { storage } = context.plugins;
  const output = context.locate(recipe.output);
  const folder = storage.join(output, stateFolder);
  await storage.makeFolder(folder);
  const lock = await lockOutput(storage, output, folder, context.id, context.startedAt);
  try {
    const state = await readOutputState(storage, output, signal);
    refuseOccupied(output, state, { overwrite: recipe.overwrite, resume });
    const interrupted = resume ? await findInterruptedWork(storage, folder, state) : undefined;
    warnOfOthers(context, output, state);
    const log = await openEventLog(storage, folder, interrupted !== undefined);
    // By default the budget follows what is free, which is never the same twice; spill files are cut to it.
    const memory = recipe.memory ?? Math.min(interrupted?.begin.memory ?? context.memory, 2 * context.memory);
    return {
      output,
      log,
      memory,
      async finishedResult(identity) {
        if (!resume || !state.finished || interrupted !== undefined) return undefined;
        const report = await finishedResult(context, output, identity);
        if (report !== undefined) for (const location of state.litter) await storage.remove(location);
        return report;
      },
      beginWork: (identity) => beginWork({ ...context, memory }, output, state, identity, interrupted),
      async close() {
        // A log that cannot be closed must neither fail the job nor keep the lock.
        await log.close().catch(() => undefined);
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
