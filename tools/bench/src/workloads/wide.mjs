import { draw, rowNumbers, sentence, words } from './values.mjs';

const bits = (salt) => `hash(i, ${salt})`;
const whole = (salt, bound) => `(${bits(salt)} % ${bound})`;
const real = (salt) => `((${bits(salt)} >> 11)::DOUBLE / 9007199254740992)`;
/** NULL in so many rows of a hundred. */
const nullable = (salt, percent, value) => `CASE WHEN ${whole(salt, 100)} < ${percent} THEN NULL ELSE ${value} END`;
/** From 2000 on, in so many steps of a unit. */
const moment = (type, unit, salt, steps) =>
  `(TIMESTAMP '2000-01-01' + to_${unit}(${whole(salt, steps)}::BIGINT))::${type}`;

/** The columns by name: SQL over the row number `i`. Widths, kinds and nulls as they come from a warehouse. */
const columns = {
  id: 'i',
  key: `printf('row-%010d', i)`,
  ...family('tiny', 2, (salt) => `(${whole(salt, 256)}::INTEGER - 128)::TINYINT`),
  ...family('small', 2, (salt) => `(${whole(salt, 60_000)}::INTEGER - 30000)::SMALLINT`),
  ...family('int', 4, (salt) => `${whole(salt, 1_000_000)}::INTEGER`),
  ...family('big', 4, (salt) => `(${bits(salt)} >> 1)::BIGINT`),
  ...family('count', 2, (salt) => `${whole(salt, 200)}::UTINYINT`),
  ...family('mask', 2, (salt) => `${whole(salt, 65_536)}::USMALLINT`),
  ...family('code', 2, (salt) => `${whole(salt, 4_000_000_000)}::UINTEGER`),
  ...family('hash', 1, (salt) => `${bits(salt)}`),
  ...family('share', 4, (salt) => `${real(salt)}::FLOAT`),
  ...family('measure', 5, (salt) => `${real(salt)} * 1000 - 500`),
  ...family('flag', 4, (salt) => `${whole(salt, 3)} = 0`),
  ...family('price', 2, (salt) => `(${whole(salt, 10_000_000)}::BIGINT / 100)::DECIMAL(9, 2)`),
  ...family('amount', 2, (salt) => `(${whole(salt, 100_000_000_000)}::BIGINT / 10000)::DECIMAL(18, 4)`),
  ...family('created', 2, (salt) => moment('TIMESTAMP', 'microseconds', salt, 800_000_000_000_000)),
  ...family('seen', 1, (salt) => moment('TIMESTAMP_MS', 'milliseconds', salt, 800_000_000_000)),
  ...family('day', 2, (salt) => `(DATE '2000-01-01' + ${whole(salt, 9000)}::INTEGER)`),
  ...family('city', 4, (salt) => `${words}[1 + ${draw(salt, 16)}] || '-' || ${draw(salt + 500, 8)}`),
  ...family('status', 3, (salt) => `['new', 'open', 'waiting', 'closed'][1 + ${draw(salt, 4)}]`),
  ...family('name', 2, (salt) => sentence(`2 + ${draw(salt, 3)}`, salt)),
  ...family('maybe', 3, (salt) => nullable(salt, 30, `${whole(salt + 500, 1000)}::INTEGER`)),
  ...family('rare', 2, (salt) => nullable(salt, 95, `${words}[1 + ${draw(salt + 500, 16)}]`)),
  tags: `list_transform(range(${draw(901, 6)}), lambda k: ${words}[1 + ${draw(902, 16, 'i * 31 + k')}])`,
  vector: `list_transform(range(8), lambda k: (hash(i * 31 + k, 903) % 1000)::FLOAT / 1000)`,
  origin: `{'country': ['de', 'fr', 'jp', 'us'][1 + ${draw(904, 4)}], 'zip': ${draw(905, 100_000)}, 'score': ${real(906)}}`,
};

/** @type {import('./index.mjs').Workload} */
export const wide = {
  title: `wide: ${Object.keys(columns).length} columns of integers, floats, booleans, decimals, times, strings, nulls, lists and a struct`,
  rows: 500_000,
  filesPerCollection: 4,
  rowGroupRows: 40_960,
  dictionaryValues: 1024,
  select: async (_connection, start, rows) =>
    `SELECT ${Object.entries(columns)
      .map(([name, value]) => `${value} AS "${name}"`)
      .join(', ')} FROM ${rowNumbers(start, rows)}`,
};

/** `count` columns of one kind, each of its own values. */
function family(name, count, value) {
  const first = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 400;
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}_${at + 1}`, value(1000 + first + at)]));
}
