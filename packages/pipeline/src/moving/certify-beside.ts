import type { JobContext } from '../job-context.ts';
import { createDeal } from '@riffle/shuffler';
import type { Planned } from '../planning/plan-stage.ts';
import type { CertifiedOrder, ResultOrder } from '../publishing/certify-result.ts';

/** Fewer rows are judged for the report in no time. */
const fewRows = 2 ** 16;

/**
 * Lets a worker judge the order of the result while others write it, which nothing else has to wait for: it follows from the plan. Never
 * rejects; undefined if it could not be done, or is done sooner when the report is made.
 */
export async function certifyBeside(
  { pool, plugins: { shuffler } }: JobContext,
  { plan: { rows, seed, shards, survey } }: Planned,
): Promise<CertifiedOrder | undefined> {
  if (rows < fewRows || rows > shuffler.capabilities.maximumRows) return undefined;
  const deal = createDeal(rows, shards);
  const order: ResultOrder = {
    rows,
    seed,
    shards: Array.from({ length: shards }, (_, shard) => deal.rowsOf(shard)),
    collections: survey.collections.map(({ name, rows: own }) => ({ name, rows: own })),
  };
  try {
    return { order, certificate: await pool.run('certify', order) };
  } catch {
    return undefined;
  }
}
