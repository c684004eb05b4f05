/** What a conformance suite takes from the test runner; vitest's `{ describe, it, expect }` fits, and so do others of that family. */
export interface TestRunner {
  readonly describe: (title: string, define: () => void) => unknown;
  readonly it: (title: string, run: () => void | Promise<void>, timeout?: number) => unknown;
  readonly expect: (value: unknown, message?: string) => Assertion;
}

/** The assertions that the suites use. */
export interface Assertion {
  readonly not: Assertion;
  readonly rejects: Assertion;
  toBe(expected: unknown): unknown;
  toEqual(expected: unknown): unknown;
  toMatchObject(expected: object): unknown;
  toMatch(expected: RegExp): unknown;
  toBeGreaterThan(expected: number): unknown;
  toBeLessThan(expected: number): unknown;
  toThrow(expected?: RegExp): unknown;
}
