import { join } from 'node:path';
import { checkOutput, contentOf } from './check-output.mjs';
import { runOnce } from './run-once.mjs';

/**
 * Lets engines do one job in turns, after a warm-up each, and checks what they write once. An engine that fails, is wrong or takes too long is left out of what follows,
 * and that is a result, too.
 * @param {readonly import('./engines/engine.mjs').Engine[]} engines
 * @param {import('./make-data.mjs').Dataset} dataset
 * @param {{ label: string, runs: number, folder: string, warmUp?: boolean, keep?: boolean, timeoutSeconds?: number }} how `label` names the job on the
 *   terminal and `folder` is where outputs pass through.
 * @returns {Promise<{ runs: Record<string, object[]>, failures: Record<string, string> }>} By the engines' names.
 */
export async function alternate(engines, dataset, { label, runs, folder, warmUp = true, keep, timeoutSeconds }) {
  const input = contentOf(dataset.glob);
  const check = (glob, shards) => checkOutput(input, glob, shards);
  const runsOf = ({ mostRuns }) => Math.min(runs, mostRuns?.(dataset.workload) ?? runs);
  const warmsUp = ({ mostRuns }) => warmUp && mostRuns?.(dataset.workload) === undefined;
  const measured = Object.fromEntries(engines.map(({ name }) => [name, []]));
  const failures = {};
  const attempt = async (engine, checked) => {
    const output = join(folder, `${dataset.workload}-${engine.name}`);
    try {
      return await runOnce(engine, dataset, output, { check: checked ? check : undefined, keep, timeoutSeconds });
    } catch (error) {
      if (error.reason === undefined) throw error;
      failures[engine.name] = error.reason;
      console.error(`${label}: ${error.message}`);
      return undefined;
    }
  };
  for (const engine of engines.filter(warmsUp)) {
    const run = await attempt(engine, true);
    if (run) console.error(`${label}: ${engine.name} warm-up ${run.seconds.toFixed(2)} s, output right`);
  }
  for (let turn = 0; turn < runs; turn++) {
    // Every other time backwards, so that what drifts on the machine does not favour one of them.
    const inTurn = engines.filter((engine) => turn < runsOf(engine));
    const said = [];
    for (const engine of turn % 2 === 0 ? inTurn : inTurn.toReversed()) {
      if (engine.name in failures) continue;
      const checked = turn === 0 && !warmsUp(engine);
      const run = await attempt(engine, checked);
      if (run === undefined) continue;
      measured[engine.name].push(run);
      said.push(`${engine.name} ${run.seconds.toFixed(2)} s${checked ? ', output right' : ''}`);
    }
    console.error(`${label}: run ${turn + 1} of ${runs}: ${said.join(', ')}`);
  }
  return { runs: measured, failures };
}
