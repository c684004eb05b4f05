import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { placesOf, whatIsMissing } from '@riffle/tool-consumers/environments';

const ENVIRONMENT = 'datasets-5';

/** A script of this folder. */
export const pythonScript = (name) => fileURLToPath(new URL(`../../python/${name}`, import.meta.url));

/** @param {string} [interpreter] A Python that has what is needed, in place of the one that tools/consumers installs. */
export const pythonProgram = (interpreter) => interpreter ?? placesOf(ENVIRONMENT).interpreter;

/** Why scripts cannot run that need a package. */
export function whatPythonLacks(interpreter, packageName) {
  if (interpreter === undefined) return whatIsMissing([ENVIRONMENT]);
  return versionsOf(interpreter, [packageName]) === undefined
    ? `${interpreter} is no Python that has ${packageName}.`
    : undefined;
}

/** Which Python and packages there are, for the report: `Python 3.11.7, polars 2.1.0`; undefined if one is missing. */
export function versionsOf(interpreter, packages) {
  const code = `import platform, sys; from importlib.metadata import version; print(", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in sys.argv[1:])]))`;
  const { status, stdout } = spawnSync(pythonProgram(interpreter), ['-c', code, ...packages], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Nothing is left beside the scripts, and texts are UTF-8. */
export const pythonEnvironment = { PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
