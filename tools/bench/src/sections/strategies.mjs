import { alternate } from '../alternate.mjs';
import { planOf } from '../engines/plan.mjs';
import { riffle, riffleFlags } from '../engines/riffle.mjs';
import { makeData } from '../make-data.mjs';

const strategies = ['memory', 'spill', 'passes'];
/** Budgets at which data of the bench's sizes lies on either side of the line. */
const budgets = {
  tokens: ['400MB', '1GB'],
  audio: ['400MB', '1GB', '4GB'],
  narrow: ['400MB', '1GB'],
  text: ['1GB'],
};
const RUNS = 3;
/** Of a minute and more each. */
const TEXT_RUNS = 2;

const cases = Object.entries(budgets).flatMap(([workload, sizes]) =>
  sizes.map((budget) => ({ name: `${workload} ${budget}`, workload, budget })),
);

/** Every strategy that is possible, at budgets: was the one that Riffle chose the fastest? @type {import('./index.mjs').Section} */
export const strategySection = {
  names: () => cases.map(({ name }) => name),
  measure: async (name, { runs, scale, data, output, keep, timeoutSeconds }) => {
    const { workload, budget } = cases.find((one) => one.name === name);
    const dataset = await makeData(workload, data, scale);
    const plan = (strategy) => planOf(dataset, output, [...riffleFlags, '--memory', budget, '--strategy', strategy]);
    const chosen = plan('auto');
    if (!chosen.ok) return { workload, budget, chosen: undefined, reason: chosen.error.message, refused: {}, runs: {} };
    const plans = strategies.map((strategy) => [strategy, plan(strategy)]);
    const refused = Object.fromEntries(
      plans.filter(([, { ok }]) => !ok).map(([key, { error }]) => [key, error.message]),
    );
    const engines = strategies
      .filter((strategy) => !(strategy in refused))
      .map((strategy) => riffle(['--memory', budget, '--strategy', strategy], { name: strategy }));
    const few = runs ?? (workload === 'text' ? TEXT_RUNS : RUNS);
    const how = { label: name, runs: few, folder: output, warmUp: false, keep, timeoutSeconds };
    const measured = await alternate(engines, dataset, how);
    return { workload, budget, chosen: chosen.strategy, reason: chosen.reason, refused, ...measured };
  },
};
