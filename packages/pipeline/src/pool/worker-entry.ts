import { readModulesInTurn } from './read-modules-in-turn.ts';
import type { TaskMessage } from './tasks.ts';

// Before anything else is imported: a module's static imports would all be read first.
readModulesInTurn();
const loading = import('../worker.ts').then(({ startWorker }) => startWorker());
// Told by the first unit that needs it, not as an unhandled rejection.
loading.catch(() => undefined);

/** What Piscina calls for every unit. */
export default async function answer(message: TaskMessage): Promise<unknown> {
  const work = await loading;
  return work(message);
}
