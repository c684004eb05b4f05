import { alternate } from '../alternate.mjs';
import { allEngines } from '../engines/index.mjs';
import { budgetOf } from '../engines/riffle.mjs';
import { makeData } from '../make-data.mjs';
import { workloads } from '../workloads/index.mjs';

const RUNS = 5;
/** Workloads without an aim. */
const fewerRuns = { wide: 3, tiny: 3 };

/** Every engine on every workload. @type {import('./index.mjs').Section} */
export const workloadSection = {
  names: () => Object.keys(workloads),
  measure: async (name, { runs, scale, data, output, keep, only, python, riffleArgs, timeoutSeconds }) => {
    const wanted = allEngines(riffleArgs, python).filter((engine) => only === undefined || only.includes(engine.name));
    /** Why engines cannot run on this machine, by their names. */
    const missing = Object.fromEntries(
      wanted.map((engine) => [engine.name, engine.whatIsMissing?.()]).filter(([, reason]) => reason !== undefined),
    );
    const engines = wanted.filter((engine) => !(engine.name in missing));
    const dataset = await makeData(name, data, scale);
    const how = { label: name, runs: runs ?? fewerRuns[name] ?? RUNS, folder: output, keep, timeoutSeconds };
    const { runs: measured, failures } = await alternate(engines, dataset, how);
    return {
      rows: dataset.rows,
      files: dataset.files,
      bytes: dataset.bytes,
      budgetBytes: budgetOf(riffleArgs),
      failures: { ...missing, ...failures },
      runs: measured,
    };
  },
};
