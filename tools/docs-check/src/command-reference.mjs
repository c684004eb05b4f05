import { exactByteSize, recipeMeanings } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { commandTable, recipeFlags } from '@riffle/cli/command-table';
import { helpOf } from './help.mjs';
import { keepSection } from './pages.mjs';

export const COMMAND_LINE = 'docs/reference/command-line.md';

/** Where more is said of a key. */
const further = {
  strategy: '[memory and strategies](../architecture.md#memory-and-strategies)',
  rowGroupBytes: '[row groups](../explanation/encodings.md#row-groups-statistics-indexes)',
  profile: '[encodings](../explanation/encodings.md)',
  schema: '[collections that differ](../guides/collections-that-differ.md)',
  columns: '[rules for columns](../guides/collections-that-differ.md#rules-for-columns)',
  onBadShard: '[losses](losses.md)',
  plugins: '[write a reader](../guides/write-a-reader.md)',
};

/** Defaults that depend on the machine, or that are no single value. */
const inWords = {
  collections: '–',
  output: '–',
  memory: 'half of what is free',
  workers: 'the CPUs this process may use',
  tempDir: 'in the output',
  columns: 'none',
  plugins: 'the first-party ones',
};

/** The help of every command, each below a heading of its own. */
async function commandSections() {
  const block = async (...words) => `\`\`\`text\n${await helpOf(...words)}\`\`\``;
  const parts = [await block()];
  for (const { name, load } of commandTable) if (load) parts.push(`### \`riffle ${name}\`\n\n${await block(name)}`);
  return parts.join('\n\n');
}

function defaultsByKey() {
  const recipe = recipeSchema.parse({ collections: [{ name: 'any', path: 'any' }], output: 'any' });
  const { decodedBytes, decodedRatio } = recipe.limits;
  const spelled = {
    ...recipe,
    rowGroupBytes: exactByteSize(recipe.rowGroupBytes),
    maxLoss: `${recipe.maxLoss}%`,
  };
  const code = (value) => `\`${value}\``;
  return (key) =>
    inWords[key] ??
    (key === 'limits' ? [exactByteSize(decodedBytes), decodedRatio].map(code).join(', ') : code(spelled[key]));
}

/** One row for each key of the schema, in its order. */
function keyTable() {
  const defaultOf = defaultsByKey();
  const rows = Object.keys(recipeSchema.shape).map((key) => {
    const flag = key === 'collections' ? '--input' : (recipeFlags.find((one) => one.key === key)?.name ?? '--set');
    const more = further[key] === undefined ? '' : `: ${further[key]}`;
    return `| \`${key}\` | ${defaultOf(key)} | \`${flag}\` | ${recipeMeanings[key]}${more} |`;
  });
  return ['| key | default | flag | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/** Puts the generated parts into the page, unless in CI. Returns each as it was and as it should be. */
export async function keepCommandReference() {
  return [
    keepSection(COMMAND_LINE, 'commands', await commandSections()),
    keepSection(COMMAND_LINE, 'keys', keyTable()),
  ];
}
