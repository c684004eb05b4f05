import { workerData } from 'node:worker_threads';
import { toEnvelope, type ErrorEnvelope } from '@riffle/core';
import { readColumnUnit } from './certifying/read-column-unit.ts';
import { inspectFiles, previewRows } from './inspecting/inspect-unit.ts';
import { gatherUnit } from './moving/gather-unit.ts';
import { scatterUnit } from './moving/scatter-unit.ts';
import { sampleCollections, tuneWriter } from './planning/sample.ts';
import { importPlugins, loadPlugins, type PluginSet, type SharedValues } from './plugins/plugin-set.ts';
import { createPulse } from './pool/heartbeat.ts';
import type { TaskKind, TaskMessage, TaskTypes } from './pool/tasks.ts';
import { watchPlugins, type WatchedPlugins } from './pool/watch-plugins.ts';
import type { WorkerData } from './pool/worker-data.ts';
import { checkShards } from './proof/check-shards.ts';
import { certifyOrder } from './publishing/certify-result.ts';
import { checkFiles } from './resuming/check-files.ts';
import { examineFiles } from './survey/examine-files.ts';
import { tryWork } from './trial/try-work.ts';
import { pickUnit } from './verifying/pick-unit.ts';
import { rereadUnit } from './verifying/reread-unit.ts';

type Handlers = {
  readonly [Kind in TaskKind]: (
    task: TaskTypes[Kind]['task'],
    plugins: PluginSet,
  ) => Promise<TaskTypes[Kind]['result']>;
};

const handlers: Handlers = {
  examine: examineFiles,
  sample: sampleCollections,
  tune: tuneWriter,
  try: tryWork,
  scatter: scatterUnit,
  gather: gatherUnit,
  certify: (order, { shuffler }) => certifyOrder(order, shuffler),
  check: checkShards,
  checkFiles,
  reread: rereadUnit,
  inspect: inspectFiles,
  preview: previewRows,
  pick: pickUnit,
  column: readColumnUnit,
};

/** An answer of a worker. Errors travel as data, since a thread boundary would keep only their message. */
export type Answer<Result> = (
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: ErrorEnvelope }
) & {
  readonly heldBytes: number;
  /** A reader trapped meanwhile, whatever became of that: this worker is to be replaced. */
  readonly trapped: boolean;
};

function heldBytesOf({ plugins: { writer, readers } }: WatchedPlugins): number {
  return Math.max(writer.heldBytes?.() ?? 0, ...readers.map((reader) => reader.heldBytes?.() ?? 0));
}

/** Runs one task. Never rejects. */
async function work<Kind extends TaskKind>(
  { kind, task }: TaskMessage<Kind>,
  loading: Promise<WatchedPlugins>,
): Promise<Answer<TaskTypes[Kind]['result']>> {
  let watched: WatchedPlugins | undefined;
  try {
    watched = await loading;
    const result = await handlers[kind](task, watched.plugins);
    return { ok: true, result, heldBytes: heldBytesOf(watched), trapped: watched.takeTrapped() };
  } catch (error) {
    return { ok: false, error: toEnvelope(error), heldBytes: 0, trapped: watched?.takeTrapped() ?? false };
  }
}

/** Reads the plugins' modules. The function that comes back makes the plugins at its first call, runs one task at a time, and never rejects. */
export function startWorker(): (message: TaskMessage) => Promise<Answer<unknown>> {
  const { references, heartbeat } = workerData as WorkerData;
  const pulse = createPulse(heartbeat);
  const importing = importPlugins(references);
  let loading: Promise<WatchedPlugins> | undefined;
  const load = async (shared: SharedValues) => {
    await importing;
    const plugins = await loadPlugins(references, shared);
    pulse.beat();
    return watchPlugins(plugins, pulse);
  };
  return (message) => work(message, (loading ??= load(message.shared ?? new Map())));
}
