import { expect, test } from 'vitest';
import { sumReports } from '../sum-reports.mjs';

const suite = (assertionResults, message = '') => ({
  name: 'a.spec.ts',
  status: message !== '' || assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
  assertionResults,
  message,
});
const failure = { status: 'failed', fullName: 'adds' };
const project = (numPassedTests, testResults = [], end = {}) => ({
  name: 'p',
  report: { numPassedTests, testResults },
  end: { reason: 'passed', errors: [], ...end },
});

test('sums the projects', () => {
  const failed = project(4, [suite([failure, { status: 'passed' }])], { reason: 'failed' });
  expect(sumReports([project(3), failed])).toMatchObject({
    line: '7 passed, 1 failed',
    ok: false,
    problems: ['p: adds'],
  });
  expect(sumReports([project(3), project(4)])).toMatchObject({ line: '7 passed, 0 failed', ok: true });
});

test('no test at all is a failure', () => {
  expect(sumReports([])).toMatchObject({ line: '0 passed, 0 failed', ok: false });
  expect(sumReports([project(0)]).ok).toBe(false);
});

test.each([
  ['a suite that cannot be loaded', project(3, [suite([], 'no such file')], { reason: 'failed' }), /no such file/],
  ['a hook that fails after the tests', project(3, [suite([{ status: 'passed' }], 'afterAll')]), /afterAll/],
  ['a process that dies', project(3, [], { reason: 'failed', errors: ['Worker exited unexpectedly'] }), /unexpectedly/],
  ['an interrupted run', project(3, [], { reason: 'interrupted' }), /interrupted/],
  ['a red run with nothing to blame', project(3, [], { reason: 'failed' }), /no test to blame/],
  ['a project without a report', { name: 'p' }, /there is no report/],
  ['a run whose end nobody saw', { ...project(3), end: undefined }, /how its run ended/],
])('%s is one failure', (_, broken, problem) => {
  const { failed, ok, problems } = sumReports([project(5), broken]);
  expect({ failed, ok }).toEqual({ failed: 1, ok: false });
  expect(problems).toEqual([expect.stringMatching(problem)]);
});
