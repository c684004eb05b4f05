// One line over the vitest reports of all projects that have tests, below the problems. No test at all is a failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sumReports } from './sum-reports.mjs';
import { ROOT } from './workspace.mjs';

const projects = ['packages', 'tools']
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
  .filter((name) => existsSync(join(ROOT, name, 'vitest.config.ts')))
  .map((name) => ({ name, report: readJson(name, 'report.json'), end: readJson(name, 'end.json') }));

const { line, problems, ok } = sumReports(projects);
for (const problem of problems) console.log(problem);
console.log(line);
process.exit(ok ? 0 : 1);

function readJson(project, file) {
  const path = join(ROOT, project, '.vitest', file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
