import { copyFileSync, linkSync, mkdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ChildFailure } from './child-process.mjs';
import { reasonKind } from './reason-kinds.mjs';

/** Budget of every job, and what resident memory may be with it: 250 MiB for Node and code (docs/explanation/memory.md) and the harness's own. */
const MEMORY = '256MB';
const LARGEST_RSS = 256e6 + 250 * 2 ** 20 + 64 * 2 ** 20;

/** Names of good shards: at the start, among the mutants and at the end of plan order. */
const goodNames = (indexes) => [
  `00000-good.parquet`,
  `${String(indexes[indexes.length >> 1] ?? 0).padStart(6, '0')}-good.parquet`,
  `zzzzz-good.parquet`,
];
const mutantName = ({ index }) => `${String(index).padStart(6, '0')}.parquet`;

class Violation extends Error {}

function demand(condition, sentence) {
  if (!condition) throw new Violation(sentence);
}

/**
 * A mutant of a schema that no good shard can have stands alone. Refused, it leaves no row, and the job must say just that.
 * @throws Violation
 */
function judgeFailedAlone(mutant, { code, message }) {
  demand(code === 'NO_ROWS', `the job failed: ${code} ${message}`);
  const refusal = mutant.survey.error ?? mutant.survey.sliced.error;
  demand(refusal !== undefined, `mutant ${mutant.index} was refused alone, and can be read in slices`);
  demand(
    /^(BAD|UNSUPPORTED)_CONTENT$/.test(refusal.code),
    `mutant ${mutant.index} was refused with code ${refusal.code}: ${refusal.message}`,
  );
  const kind = reasonKind(refusal.message);
  demand(kind !== undefined, `mutant ${mutant.index} was refused for a reason of no known kind: ${refusal.message}`);
  const stage = mutant.survey.error === undefined ? 'decoding' : 'survey';
  return new Map([[mutant.index, { outcome: 'refused', stage, kind, reason: refusal.message }]]);
}

/**
 * Runs mutants as shards among good ones, as one whole job, and once more without those that were refused.
 * @param batch `{ mutants: [{ index, path, survey }], goods: [{ path, rows, fingerprint }], oracle }`; without `goods`, one mutant alone.
 * @returns what became of each mutant by index: `{ outcome, ... }`.
 * @throws Violation, ChildFailure
 */
async function runOnce(child, folder, { mutants, goods, oracle }) {
  rmSync(folder, { recursive: true, force: true });
  const input = join(folder, 'input');
  mkdirSync(input, { recursive: true });
  const names = goods.length === 0 ? [] : goodNames(mutants.map(({ index }) => index));
  const goodOf = new Map(names.map((name, place) => [name, goods[place % goods.length]]));
  for (const [name, good] of goodOf) copyFileSync(good.path, join(input, name));
  for (const mutant of mutants) linkSync(mutant.path, join(input, mutantName(mutant)));
  const goodRows = [...goodOf.values()].reduce((sum, { rows }) => sum + rows, 0);
  const recipe = (output) => ({
    collections: [{ name: 'fuzz', path: input }],
    output: join(folder, output),
    shards: Math.max(1, Math.min(3, goodRows)),
    memory: MEMORY,
    workers: 1,
    rowGroupBytes: '1MiB',
  });
  const { answer } = await child.ask('job', { recipe: recipe('with') });
  if (goods.length === 0 && answer.error !== undefined) return judgeFailedAlone(mutants[0], answer.error);
  demand(answer.error === undefined, `the job failed: ${answer.error?.code} ${answer.error?.message}`);
  const { report, inputs } = answer;

  const lost = new Map(report.lost.map((one) => [one.path, one]));
  const receipts = new Map(inputs.map((one) => [one.path, one]));
  for (const [name, { rows, fingerprint }] of goodOf) {
    const receipt = receipts.get(name);
    demand(receipt !== undefined, `the good shard ${name} was lost: ${lost.get(name)?.reason}`);
    demand(receipt.rows === rows, `the good shard ${name} has ${receipt.rows} rows, not ${rows}`);
    demand(receipt.fingerprint === fingerprint, `the rows of the good shard ${name} changed`);
  }
  const outcomes = new Map();
  let rows = goodRows;
  for (const mutant of mutants) {
    const name = mutantName(mutant);
    const [bad, receipt] = [lost.get(name), receipts.get(name)];
    demand(
      (bad === undefined) !== (receipt === undefined),
      `mutant ${mutant.index} is neither lost nor delivered, or both`,
    );
    if (bad !== undefined) {
      demand(/^(BAD|UNSUPPORTED)_CONTENT$/.test(bad.code), `mutant ${mutant.index} was lost with code ${bad.code}`);
      const kind = reasonKind(bad.reason);
      demand(kind !== undefined, `mutant ${mutant.index} was refused for a reason of no known kind: ${bad.reason}`);
      demand(
        mutant.survey.error !== undefined || mutant.survey.sliced.error !== undefined,
        `mutant ${mutant.index} was refused (${bad.reason}), and can be read in slices`,
      );
      const stage = mutant.survey.error === undefined ? 'decoding' : 'survey';
      outcomes.set(mutant.index, { outcome: 'refused', stage, kind, reason: bad.reason });
      continue;
    }
    const { survey } = mutant;
    demand(survey.error === undefined, `mutant ${mutant.index} was delivered, the survey refused it`);
    demand(
      receipt.rows === survey.rows,
      `mutant ${mutant.index} gave ${receipt.rows} rows, its footer says ${survey.rows}`,
    );
    demand(
      survey.sliced.rows === receipt.rows,
      `mutant ${mutant.index} gave ${receipt.rows} rows, in slices ${survey.sliced.rows ?? survey.sliced.error.message}`,
    );
    if (survey.counted !== undefined)
      demand(
        survey.counted.file === receipt.rows && survey.counted.groups === receipt.rows,
        `mutant ${mutant.index} gave ${receipt.rows} rows; another reader counts ${survey.counted.file} in its footer and ${survey.counted.groups} in its row groups`,
      );
    rows += receipt.rows;
    outcomes.set(mutant.index, { outcome: 'accepted', fingerprint: receipt.fingerprint, rows: receipt.rows });
  }
  demand(report.rows === rows, `the job delivered ${report.rows} rows, its shards have ${rows}`);
  await oracle?.check(
    join(folder, 'with'),
    [...goodOf.values()].map(({ path }) => path),
    rows,
    demand,
  );

  for (const mutant of mutants)
    if (outcomes.get(mutant.index).outcome === 'refused') unlinkSync(join(input, mutantName(mutant)));
  const { answer: again } = await child.ask('job', { recipe: recipe('without') });
  demand(
    again.error === undefined,
    `without the refused mutants, the job failed: ${again.error?.code} ${again.error?.message}`,
  );
  const hashes = (result) => result.report.shards.map(({ sha256 }) => sha256).join();
  demand(hashes(again) === hashes(answer), 'the shards differ from those of a job without the refused mutants');
  return outcomes;
}

/**
 * Runs a batch; where something is violated, halves it until the mutants at fault stand alone.
 * @returns `{ outcomes, violations }`.
 */
export async function runBatch(child, folder, batch) {
  try {
    const outcomes = await runOnce(child, folder, batch);
    if (child.maxRss > LARGEST_RSS) {
      const used = child.maxRss;
      throw new Violation(`the process took ${Math.round(used / 1e6)} MB`);
    }
    return { outcomes, violations: [] };
  } catch (error) {
    if (!(error instanceof Violation) && !(error instanceof ChildFailure)) throw error;
    child.renew();
    const { mutants } = batch;
    if (mutants.length <= 1)
      return { outcomes: new Map(), violations: [{ mutant: mutants[0]?.index, sentence: error.message }] };
    const middle = mutants.length >> 1;
    const halves = [];
    for (const half of [mutants.slice(0, middle), mutants.slice(middle)])
      halves.push(await runBatch(child, folder, { ...batch, mutants: half }));
    const violations = halves.flatMap((half) => half.violations);
    return {
      outcomes: new Map(halves.flatMap((half) => [...half.outcomes])),
      // Only together: that is worth knowing too.
      violations:
        violations.length > 0
          ? violations
          : [{ mutant: mutants.map(({ index }) => index).join(' '), sentence: `together only: ${error.message}` }],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows and fingerprints of good files, as a job without mutants has them. */
export async function measureGoods(child, folder, paths) {
  rmSync(folder, { recursive: true, force: true });
  const input = join(folder, 'input');
  mkdirSync(input, { recursive: true });
  for (const [index, path] of paths.entries()) copyFileSync(path, join(input, `${index}.parquet`));
  const recipe = {
    collections: [{ name: 'fuzz', path: input }],
    output: join(folder, 'output'),
    shards: 1,
    memory: MEMORY,
    workers: 1,
  };
  const { answer } = await child.ask('job', { recipe });
  if (answer.error !== undefined || answer.inputs.length !== paths.length) return undefined;
  return paths.map((path, index) => {
    const { rows, fingerprint } = answer.inputs.find((one) => one.path === `${index}.parquet`);
    return { path, rows, fingerprint };
  });
}
