/** Sums vitest's JSON reports. A suite that could not be loaded has no tests to fail, so it counts as one failure. */
export function sumReports(reports) {
  let passed = 0;
  let failed = 0;
  for (const report of reports) {
    const broken = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    passed += report.numPassedTests;
    failed += report.numFailedTests + broken.length;
  }
  return { passed, failed, line: `${passed} passed, ${failed} failed`, ok: failed === 0 && passed > 0 };
}
