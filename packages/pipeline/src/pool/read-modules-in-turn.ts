import { readFileSync } from 'node:fs';
import promises from 'node:fs/promises';

/**
 * Makes the ES modules that this thread imports from now on be read one after the other.
 *
 * Node opens all files that a module imports at once, so a package of a hundred small modules (apache-arrow, zod) takes a hundred
 * descriptors while it loads, in every thread: more than a small `ulimit -n` has. Node's loader reads by
 * `fs/promises`' `readFile` with a URL and no options; that call, and no other, is answered synchronously. Should a later Node read
 * its modules in another way, nothing changes.
 */
export function readModulesInTurn(): void {
  const { readFile } = promises;
  const inTurn = async (file: unknown, ...rest: unknown[]) =>
    file instanceof URL && rest.length === 0
      ? readFileSync(file)
      : (readFile as (...values: unknown[]) => Promise<unknown>)(file, ...rest);
  promises.readFile = inTurn as typeof readFile;
}
