import { workerData as piscinaData } from 'piscina';
import { toEnvelope, type ErrorEnvelope } from '@riffle/core';
import { gatherUnit } from './moving/gather-unit.ts';
import { scatterUnit } from './moving/scatter-unit.ts';
import { sampleCollections, tuneWriter } from './planning/sample.ts';
import { loadPlugins, type PluginSet } from './plugins/plugin-set.ts';
import type { TaskKind, TaskMessage, TaskTypes } from './pool/tasks.ts';
import type { WorkerData } from './pool/worker-data.ts';
import { checkShards } from './proof/check-shards.ts';
import { checkFiles } from './resuming/check-files.ts';
import { examineFiles } from './survey/examine-files.ts';

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
  scatter: scatterUnit,
  gather: gatherUnit,
  check: checkShards,
  checkFiles,
};

const { references, shared } = piscinaData as WorkerData;
const loading = loadPlugins(references, shared);
// A failure is reported by the first task that needs the plugins, not as an unhandled rejection.
loading.catch(() => undefined);

/** An answer of a worker. Errors travel as data, since a thread boundary would keep only their message. */
export type Answer<Result> =
  | { readonly ok: true; readonly result: Result; readonly heldBytes: number }
  | { readonly ok: false; readonly error: ErrorEnvelope };

/** Runs one task. Never rejects for an error that can be described. */
export default async function work<Kind extends TaskKind>(
  message: TaskMessage<Kind>,
): Promise<Answer<TaskTypes[Kind]['result']>> {
  try {
    const plugins = await loading;
    const result = await handlers[message.kind](message.task, plugins);
    const heldBytes = Math.max(
      plugins.writer.heldBytes?.() ?? 0,
      ...plugins.readers.map((reader) => reader.heldBytes?.() ?? 0),
    );
    return { ok: true, result, heldBytes };
  } catch (error) {
    return { ok: false, error: toEnvelope(error) };
  }
}
