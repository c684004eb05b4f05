// Does one job after another, until one kills it. Each message is a job, see job-runner.mjs; so is each answer.
import { recipeSchema } from '@riffle/core/recipe';
import { run } from '@riffle/pipeline';
import { operationCounter } from '@riffle/testkit/faulty-storage';

const plugin = (name) => ({ specifier: import.meta.resolve(`@riffle/${name}`) });

/** What the job told, as far as the loop wants to know. Also tells the counter the stage. */
function createListener() {
  const told = { replanned: false, resumed: undefined, resumable: false, scatters: 0 };
  const onEvent = (event) => {
    const counter = operationCounter();
    if (event.type === 'stage-started') {
      counter.enterStage(event.stage);
      if (event.stage === 'scatter') told.scatters++;
    }
    if (event.type === 'stage-finished' && event.stage === 'publish') counter.enterStage('end');
    if (event.type === 'replanning') told.replanned = true;
    if (event.type === 'resumed') told.resumed = event;
    if (event.type === 'resumable') told.resumable = true;
  };
  return { told, onEvent };
}

async function doJob({ recipe, folder, resume, fault }) {
  const { told, onEvent } = createListener();
  let error;
  try {
    await run(recipeSchema.parse(recipe), {
      baseFolder: folder,
      onEvent,
      plugins: {
        readers: [plugin('reader-parquet')],
        writer: plugin('writer-parquet'),
        shuffler: plugin('shuffler'),
        storage: {
          specifier: import.meta.resolve('@riffle/testkit/faulty-storage'),
          options: { storage: plugin('storage-file'), ...fault },
        },
        verifier: plugin('verifier'),
      },
      availableCpus: 2,
      freeMemory: 4e9,
      resume,
    });
  } catch (thrown) {
    error = { code: thrown.code, exitCode: thrown.exitCode, message: thrown.message, stack: thrown.stack };
  }
  const counter = operationCounter();
  return { ok: error === undefined, error, ...told, calls: counter.total(), counts: counter.counts() };
}

process.on('message', (job) => {
  doJob(job).then(
    (answer) => process.send(answer),
    (error) => process.send({ ok: false, error: { message: `The child itself failed: ${error.stack}` } }),
  );
});
