import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a command to its end. Returns its exit code and everything it printed. */
export function attempt(cwd, command, args) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32' && (command === 'npx' || command === 'npm'),
  });
  if (result.error) throw result.error;
  return { code: result.status, output: `${result.stdout}${result.stderr}` };
}

/** Like `attempt`, but a failure is an error that shows what was printed. Returns the output. */
export function must(cwd, command, args) {
  const { code, output } = attempt(cwd, command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${code}:\n${output}`);
  return output;
}
