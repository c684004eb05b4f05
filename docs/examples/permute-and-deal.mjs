// Which rows stand where in 64 shuffled shards of a million rows: nothing is read, and no list is kept.
// node docs/examples/permute-and-deal.mjs
import createShuffler, { createDeal } from '@riffle/shuffler';

const rows = 1_000_000;
const permutation = createShuffler().plan(rows, '42');
const deal = createDeal(rows, 64);

const begins = [0, 1, 2].map((place) => permutation.sourceOf(deal.startOf(5) + place));
console.log(`Shard 5 has ${deal.rowsOf(5)} rows and begins with the rows ${begins.join(', ')}.`);

const position = permutation.positionOf(0);
const shard = deal.shardOf(position);
console.log(`Row 0 is row ${position - deal.startOf(shard)} of shard ${shard}.`);
