// Deals rows into piles and takes them in another order, column by column: no row becomes a JavaScript object.
// node docs/examples/take-and-scatter.mjs
import {
  addFingerprints,
  batchOfColumns,
  columnsOfBatch,
  createFingerprintSums,
  fingerprintHex,
  takeBatch,
} from '@riffle/columnar';
import { tableFromArrays } from 'apache-arrow';

const [batch] = tableFromArrays({
  id: Int32Array.from({ length: 6 }, (_, row) => row),
  text: ['zero', 'one', 'two', 'three', 'four', 'five'],
}).batches;
const columns = columnsOfBatch(batch);

const fingerprints = createFingerprintSums(1);
const piles = [0, 1].map((pile) => {
  const rows = Uint32Array.from({ length: 3 }, (_, place) => 2 * (2 - place) + pile);
  const taken = takeBatch([columns], { which: undefined, rows }, 0, rows.length);
  addFingerprints(taken, fingerprints, 0);
  return batchOfColumns(batch.schema, taken);
});
for (const pile of piles) console.log([...pile.getChild('text')].join(' '));

// What went in came out: fingerprints of rows add up, whatever the order.
const before = createFingerprintSums(1);
addFingerprints(columns, before, 0);
console.log(fingerprintHex(before.words()) === fingerprintHex(fingerprints.words()));
