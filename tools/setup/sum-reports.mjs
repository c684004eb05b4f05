/**
 * Sums what vitest left in each project: `report`, its JSON report, and `end`, how its run ended (see `vitest.shared.ts`).
 * What no test can fail for counts as a failure of its own: a suite that could not be loaded, an error outside of every test
 * (a process that died takes its tests with it), a run that was cut off, a project that left nothing.
 */
export function sumReports(projects) {
  let passed = 0;
  const problems = [];
  for (const { name, report, end } of projects) {
    passed += report?.numPassedTests ?? 0;
    problems.push(...problemsOf(report, end).map((problem) => `${name}: ${problem}`));
  }
  const failed = problems.length;
  return { passed, failed, problems, line: `${passed} passed, ${failed} failed`, ok: failed === 0 && passed > 0 };
}

function problemsOf(report, end) {
  if (report === undefined) return ['there is no report, so its tests were not run, or not to their end'];
  const problems = report.testResults.flatMap(({ name, status, assertionResults, message }) => {
    if (status !== 'failed') return [];
    if (assertionResults.length === 0) return [`${name} could not be loaded: ${firstLine(message)}`];
    const failures = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
    // All tests passed, and then a hook failed.
    return failures.length > 0 ? failures : [`${name}: ${firstLine(message)}`];
  });
  if (end === undefined) problems.push('nothing tells how its run ended');
  else {
    problems.push(...end.errors.map((error) => `an error outside of the tests: ${firstLine(error)}`));
    if (end.reason === 'interrupted') problems.push('its run was interrupted');
    if (end.reason !== 'passed' && problems.length === 0) problems.push('its run failed, with no test to blame');
  }
  return problems;
}

function firstLine(text) {
  return String(text ?? '').split('\n', 1)[0] || 'no message';
}
