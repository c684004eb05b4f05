import type { TaskMessage } from './tasks.ts';

// CommonJS, since Piscina asks for the worker with `require`: Node 20 loads an ES module that way at one go, and ends the whole process
// ("IsGraphAsync must be used on an instantiated module") if the thread is ended meanwhile, as a job that is refused at once does.
// And its imports come one after the other: a module's static ones would all be read before anything could be said about how.
const loading = import('./read-modules-in-turn.ts')
  .then(({ readModulesInTurn }) => {
    readModulesInTurn();
    return import('../worker.ts');
  })
  .then(({ startWorker }) => startWorker());
// Told by the first unit that needs it, not as an unhandled rejection.
loading.catch(() => undefined);

/** What Piscina calls for every unit. */
async function answer(message: TaskMessage): Promise<unknown> {
  const work = await loading;
  return work(message);
}

export = answer;
