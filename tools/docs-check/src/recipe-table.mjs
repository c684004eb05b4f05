import { exactByteSize } from '@riffle/core';
import { defaultsInWords, recipeSchema } from '@riffle/core/recipe';

/** What is shown for values that are spelled otherwise than JSON spells them, by the first words of what is accepted. */
const SPELLINGS = [
  [/^a size /, exactByteSize],
  [/^a percentage /, (percent) => `${percent}%`],
];

/**
 * Every key of the recipe with its place, what it accepts, its default and its meaning, as `recipeSchema` has them: accepted is what the error
 * of a wrong value says, so that both are one text. Keys below a list have `[]`.
 */
export function recipeKeys() {
  const keys = keysOf(recipeSchema, '', new Set());
  const silent = keys.filter(({ meaning }) => meaning === undefined).map(({ key }) => key);
  if (silent.length > 0) throw new Error(`The schema does not say what these are for: ${silent.join(', ')}`);
  return keys;
}

/** The keys as a Markdown table; `flagOf` gives the flag that sets a key. */
export function recipeTable(flagOf) {
  const rows = recipeKeys().map(({ key, accepted, standard, meaning }) => [
    `\`${key}\``,
    accepted,
    standard,
    `\`${flagOf(key)}\``,
    meaning,
  ]);
  const header = ['key', 'value', 'default', 'flag', 'meaning'];
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** What the same schema is used for several times, such as a plugin, is told once. */
function keysOf(schema, path, told) {
  if (told.has(schema)) return [];
  told.add(schema);
  return Object.entries(schema.shape).flatMap(([name, value]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const { description } = value.meta() ?? {};
    const accepted = acceptedBy(value);
    const own = { key, accepted, standard: standardOf(value, accepted), meaning: description };
    const inner = unwrapped(value);
    if (inner.def.type === 'object') return [own, ...keysOf(inner, key, told)];
    if (inner.def.type === 'array' && inner.element.def.type === 'object')
      return [own, ...keysOf(inner.element, `${key}[]`, told)];
    return [own];
  });
}

/** What no value of a kind is: every schema refuses a symbol, with its one sentence. */
function acceptedBy(schema) {
  // Any JSON: the schema of a recursive value, which every value that a file can hold passes.
  if (unwrapped(schema).def.type === 'lazy') return 'a JSON value';
  const [{ message }] = unwrapped(schema).safeParse(Symbol('nothing')).error.issues;
  if (!message.startsWith('must be ')) throw new Error(`This says not what must be: ${message}`);
  return message.slice('must be '.length);
}

function standardOf(schema, accepted) {
  const inWords = defaultsInWords.get(schema);
  if (inWords !== undefined) return inWords.words;
  const result = schema.safeParse(undefined);
  if (!result.success || result.data === undefined || typeof result.data === 'object') return '–';
  const spell = SPELLINGS.find(([pattern]) => pattern.test(accepted))?.[1] ?? String;
  return `\`${spell(result.data)}\``;
}

function unwrapped(schema) {
  return ['default', 'prefault', 'optional'].includes(schema.def.type) ? unwrapped(schema.unwrap()) : schema;
}
