/** The collections of `python/mixed_rows.py`, in plan order. */
export const MIXED = 'studio actors archive lab tiny web phone frames nights radio dubbed legacy'.split(' ');

/** Rows of each. */
export const MIXED_ROWS = 20;

/** What decides nothing that could not be guessed wrong: another name, and a value for those that have none. */
export const HARMLESS = ['rename: { dubbed: { transcript: text } }', 'default: { language: en }'];

/** What only people know. */
export const DECISIONS = [
  'cast: { recorded: "timestamp[ns, UTC]" }',
  'features: { audio: { _type: Audio, sampling_rate: 16000 }, emotion: { _type: ClassLabel, names: [neutral, happy, sad, afraid] } }',
];

/** A recipe of all collections below `inputs`, with lines below `columns:`. */
export function mixedRecipe(output, lines) {
  const collections = MIXED.map((name) => `  - { name: ${name}, path: inputs/${name} }\n`).join('');
  const columns = lines.map((line) => `  ${line}\n`).join('');
  return `collections:\n${collections}output: ${output}\nshards: 4\nseed: überall 7\ncolumns:\n${columns}`;
}
