import { expect, test } from 'vitest';
import { sumReports } from '../sum-reports.mjs';

const report = (passed, failed, testResults = []) => ({ numPassedTests: passed, numFailedTests: failed, testResults });

test('sums the packages', () => {
  expect(sumReports([report(3, 0), report(4, 1)])).toMatchObject({ line: '7 passed, 1 failed', ok: false });
  expect(sumReports([report(3, 0), report(4, 0)])).toMatchObject({ line: '7 passed, 0 failed', ok: true });
});

test('no test at all is a failure', () => {
  expect(sumReports([])).toMatchObject({ line: '0 passed, 0 failed', ok: false });
  expect(sumReports([report(0, 0)]).ok).toBe(false);
});

test('a suite that cannot be loaded is a failure', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(sumReports([report(3, 0, [broken])])).toMatchObject({ line: '3 passed, 1 failed', ok: false });
});
