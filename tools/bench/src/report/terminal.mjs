import { aimsTable } from './aims.mjs';
import { formatTable } from './format-table.mjs';
import { proofCost } from './proof-cost.mjs';
import { beyondTable, scaleTable } from './scale-table.mjs';
import { smallTable } from './small-table.mjs';
import { strategyTable } from './strategy-table.mjs';
import { workloadTable } from './workload-table.mjs';

/** What was measured as tables for a terminal: title and rows. @param {Record<string, object[]>} results By section. */
export function terminalTables({ workloads, strategies, scale, small, formats }) {
  const tables = [
    ['Workloads', workloadTable(workloads)],
    ['What the proof costs', proofCost(workloads)],
    ['Strategies', strategyTable(strategies)],
    ['Scale', scaleTable(scale)],
    ['Beyond the budget', beyondTable(scale)],
    ['Small jobs', smallTable(small)],
    ['Formats alone', formatTable(formats)],
    ['Aims', aimsTable(workloads)],
  ];
  return tables.filter(([, rows]) => rows.length > 0);
}
