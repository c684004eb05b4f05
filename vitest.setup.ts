import { afterEach, beforeEach, vi } from 'vitest';

const CONSOLE_METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

// Nx asks for colours, which programs that tests start would take for a wish of the user.
delete process.env['FORCE_COLOR'];

let stray: string[] = [];

// Output that nobody asked for fails the test. A test that expects output spies on it (`vi.spyOn`)
// or, better, hands in its own stream.
beforeEach(() => {
  stray = [];
  for (const method of CONSOLE_METHODS) {
    vi.spyOn(console, method).mockImplementation((...values: unknown[]) => {
      stray.push(`console.${method}: ${values.map(String).join(' ')}`);
    });
  }
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((chunk: unknown) => {
      stray.push(`${name}: ${String(chunk)}`);
      return true;
    });
  }
});

afterEach(() => {
  if (stray.length > 0) throw new Error(`The test wrote to the console:\n${stray.join('\n')}`);
});
