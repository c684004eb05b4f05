import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @param {URL} file */
function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Whether there is a bundle, made from what is built now. In a workspace, where anything can be built anew at any time, it holds for the
 * very builds that it names; in an installed package nothing tells of builds, and it is always fresh.
 * @param {URL} bundle its folder, with a slash at the end
 */
export function isFresh(bundle) {
  const builtFrom = read(new URL('built-from.json', bundle));
  if (builtFrom === undefined) return false;
  return Object.entries(/** @type {Record<string, string>} */ (JSON.parse(builtFrom.toString()))).every(
    ([path, sha256]) => {
      const account = read(new URL(path, bundle));
      return account === undefined || createHash('sha256').update(account).digest('hex') === sha256;
    },
  );
}
