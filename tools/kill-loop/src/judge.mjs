/** @typedef {import('./read-output.mjs').Output} Output */

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What must not be after a kill or a failure: a shard at a final name that is not whole, or a manifest over anything but a whole result.
 *
 * @param {Output} found
 * @param {readonly Output[]} results whole results that may stand there: the new one, and the old one that it replaces
 * @returns {string[]} problems
 */
export function judgeBetween(found, results) {
  const problems = [];
  for (const [name, sha256] of Object.entries(found.shards)) {
    if (!results.some(({ shards }) => shards[name] === sha256))
      problems.push(`${name} is at its final name and is neither the new nor the old shard`);
  }
  if (found.digest === undefined) return problems;
  const claimed = results.find(({ digest }) => digest === found.digest);
  if (claimed === undefined) problems.push(`the manifest has the digest of no whole result (${found.digest})`);
  else if (!same(claimed.shards, found.shards))
    problems.push(
      `there is a manifest over other shards than its own: ${Object.keys(found.shards).join(' ') || 'none'}`,
    );
  return problems;
}

/**
 * The bytes of an undisturbed run.
 *
 * @param {Output} found
 * @param {Output} undisturbed
 * @returns {string[]} problems
 */
export function judgeResult(found, undisturbed) {
  const problems = [];
  const names = new Set([...Object.keys(found.shards), ...Object.keys(undisturbed.shards)]);
  for (const name of [...names].sort()) {
    if (found.shards[name] === undefined) problems.push(`${name} is missing`);
    else if (undisturbed.shards[name] === undefined) problems.push(`${name} should not be there`);
    else if (found.shards[name] !== undisturbed.shards[name]) problems.push(`${name} has other bytes`);
  }
  if (found.digest !== undisturbed.digest) problems.push(`the manifest's digest is ${found.digest ?? 'missing'}`);
  return problems;
}

/**
 * What must be at the end: the bytes of an undisturbed run, and nothing besides.
 *
 * @param {Output} found
 * @param {Output} undisturbed
 * @returns {string[]} problems
 */
export function judgeEnd(found, undisturbed) {
  const problems = judgeResult(found, undisturbed);
  const extra = found.entries.filter((entry) => !undisturbed.entries.includes(entry) && !isShardOrLog(entry));
  if (extra.length > 0) problems.push(`left over in the output: ${extra.join(', ')}`);
  // A temp folder is shared with others, whose probes are not ours to remove: one byte may stay.
  const spill = found.spill.filter((entry) => !entry.startsWith('.riffle-probe-'));
  if (spill.length > 0) problems.push(`left over in the temp folder: ${spill.join(', ')}`);
  return problems;
}

/** Shards are compared one by one; a run that goes on keeps the log of the one before. */
function isShardOrLog(entry) {
  return /^\d+\.parquet$/.test(entry) || entry === '.riffle/log.previous.jsonl';
}

/**
 * A failure that people can act on: one of our codes, in words, within the time.
 *
 * @param {object | undefined} error as child.mjs tells it
 * @returns {string[]} problems
 */
export function judgeError(error) {
  if (error === undefined) return ['it failed and gave no error'];
  const clear = error.code !== undefined && error.code !== 'INTERNAL' && /[.!]$/.test(error.message.trim());
  return clear ? [] : [`the error is not clear: ${error.code} ${error.message} ${error.stack}`];
}
