// Sums vitest's JSON reports of all packages into one line. No test at all is a failure.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.mjs';

let passed = 0;
let failed = 0;
for (const folder of ['packages', 'tools']) {
  for (const name of readdirSync(join(ROOT, folder))) {
    const file = join(ROOT, folder, name, '.vitest', 'report.json');
    if (!existsSync(file)) continue;
    const report = JSON.parse(readFileSync(file, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    // A suite that could not even be loaded has no tests to fail.
    failed += report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    ).length;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
