// One line over the vitest reports of all packages. No test at all is a failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sumReports } from './sum-reports.mjs';
import { ROOT } from './workspace.mjs';

const reports = ['packages', 'tools']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name, '.vitest', 'report.json')),
  )
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));

const { line, ok } = sumReports(reports);
console.log(line);
process.exit(ok ? 0 : 1);
