import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { losePower, seededRandom } from '@riffle/testkit';
import { placesOf } from './faults.mjs';
import { judgeBetween, judgeEnd, judgeError, judgeResult } from './judge.mjs';
import { readOutput } from './read-output.mjs';

/** One resume in so many is disturbed once more, at a random place. */
const disturbedAgain = 4;

/**
 * @typedef {object} Point
 * @property {string} variant
 * @property {import('./faults.mjs').FaultKind} kind
 * @property {number | 'end'} number of the call that is hit; `end` loses power after a job that was done
 * @property {number} seed of everything random about it
 */

/**
 * @typedef {object} Tried
 * @property {Point} point
 * @property {{ operation: string, stage: string, location: string } | undefined} hit undefined if the job was done before
 * @property {object | undefined} second the same of the resume, if that was disturbed too
 * @property {'killed' | 'failed' | 'done'} first how the disturbed run ended
 * @property {string | undefined} code of the error it failed with
 * @property {boolean} locked whether its lock was left behind
 * @property {object | undefined} resumed what the last run took over
 * @property {string[]} problems nothing in the list: all as promised
 */

/**
 * Disturbs one job at one place, looks at what is left, goes on, and compares.
 *
 * @param {Point} point
 * @param {object} world
 * @param {ReturnType<typeof import('./job-runner.mjs').createJobRunner>} world.runner
 * @param {string} world.folder where the try gets a folder of its own
 * @param {object} world.recipe
 * @param {string} [world.before] a folder with the old result, copied first
 * @param {import('./read-output.mjs').Output} world.undisturbed
 * @param {import('./read-output.mjs').Output} [world.old]
 * @param {'resume' | 'overwrite'} world.recovery go on with `--resume`, or start afresh with `--overwrite`
 * @param {readonly object[]} world.counts of an undisturbed run
 * @returns {Promise<Tried>}
 */
export async function tryPoint(point, world) {
  const { runner, recipe, before, undisturbed, old, recovery } = world;
  const { variant, kind, number, seed } = point;
  const random = seededRandom(seed);
  const folder = join(world.folder, `${variant}-${kind.name}-${number}-${seed}`);
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) mkdirSync(folder, { recursive: true });
  else cpSync(before, folder, { recursive: true });
  const results = old === undefined ? [undisturbed] : [undisturbed, old];
  const problems = [];

  /** One run with a fault. */
  const disturb = async (job, name, { fault, power }, failAt) => {
    const faultLog = join(folder, `${name}.fault`);
    const journal = join(folder, `${name}.power`);
    const outcome = await runner.run({
      ...job,
      folder,
      fault: { ...fault, failAt, faultLog, ...(power ? { durabilityJournal: journal } : {}) },
    });
    const { killed, hung, stderr, answer } = outcome;
    const end = killed ? 'killed' : answer?.ok ? 'done' : 'failed';
    const hit = existsSync(faultLog) ? JSON.parse(readFileSync(faultLog, 'utf8').split('\n')[0]) : undefined;
    const damage = power && (killed || failAt === 'never') ? losePower(journal, random) : [];
    const say = (problem) =>
      problems.push(`${name} run (${end} at ${hit?.operation} ${hit?.location}): ${problem}${damageText(damage)}`);
    if (hung) say('it hung');
    if (stderr !== '') say(`it wrote to stderr: ${stderr}`);
    if (end === 'failed' && !hung) judgeError(answer?.error).forEach(say);
    const found = readOutput(folder);
    // What a job said is done stays, whatever happens then; but what it removed may be back, or could not be removed.
    const unclean = end === 'done' && (power || hit?.stage === 'end');
    if (end !== 'done') judgeBetween(found, results).forEach(say);
    else (unclean ? judgeResult : judgeEnd)(found, undisturbed).forEach(say);
    return { end, hit, unclean, code: answer?.error?.code, answer, locked: found.lock !== undefined };
  };

  const first = await disturb({ recipe }, 'first', kind, number === 'end' ? 'never' : number);
  const again = recovery === 'resume' ? { recipe, resume: true } : { recipe: { ...recipe, overwrite: true } };
  let second;
  let resumed;
  if (first.end !== 'done' || first.unclean) {
    if (random.below(disturbedAgain) === 0)
      second = await disturb(again, 'second', kind, 1 + random.below(placesOf(kind, world.counts)));
    if (second?.end !== 'done' || second.unclean) {
      const { killed, hung, stderr, answer } = await runner.run({ ...again, folder });
      resumed = answer?.resumed;
      if (killed || hung || stderr !== '') problems.push(`last run: killed ${killed}, hung ${hung}, stderr ${stderr}`);
      if (answer?.ok !== true) problems.push(`last run failed: ${answer?.error?.code} ${answer?.error?.message}`);
      problems.push(...judgeEnd(readOutput(folder), undisturbed).map((problem) => `at the end: ${problem}`));
    } else resumed = second.answer.resumed;
  }
  if (problems.length > 0)
    problems.unshift(`hit: ${JSON.stringify([first.hit, second?.hit, first.code, second?.code])}`);
  else rmSync(folder, { recursive: true });
  return {
    point,
    hit: first.hit,
    second: second?.hit,
    first: first.end,
    code: first.code,
    locked: first.locked,
    resumed,
    problems,
  };
}

function damageText(damage) {
  return damage.length === 0 ? '' : ` (lost with the power: ${damage.join('; ')})`;
}
