import { RiffleError } from '@riffle/core';
import type { RecipeLine, SchemaConflict } from './schema-conflict.ts';
import type { SourceSchema } from './source-schema.ts';

const reserved = /^(?:true|false|null|yes|no|on|off)$/i;

/** Words that YAML takes for text need no quotes; JSON is YAML too, and stands on one line. Brackets would end a key within braces. */
function yamlText(text: string): string {
  return /^[A-Za-z_][\w.]*$/.test(text) && !reserved.test(text) ? text : JSON.stringify(text);
}

function yamlValue(value: unknown): string {
  return typeof value === 'string' ? yamlText(value) : JSON.stringify(value);
}

/** Lines of one rule as they stand below `columns:` in a recipe, as one. */
function ruleText(lines: readonly [RecipeLine, ...RecipeLine[]]): string {
  const [{ rule }] = lines;
  if (rule === 'drop') return `drop: [${[...new Set(lines.map(({ path }) => yamlValue(path)))].join(', ')}]`;
  return `${rule}: { ${lines.map(({ path, value }) => `${yamlText(path)}: ${yamlValue(value)}`).join(', ')} }`;
}

const lineText = (line: RecipeLine) => ruleText([line]);

/** The first line of each conflict in one, since a recipe has each key once. */
function allAtOnce(conflicts: readonly SchemaConflict[]): string | undefined {
  const byRule = new Map<string, [RecipeLine, ...RecipeLine[]]>();
  for (const { lines } of conflicts) {
    const [best] = lines;
    if (best === undefined) return undefined;
    const same = byRule.get(best.rule);
    if (same === undefined) byRule.set(best.rule, [best]);
    else same.push(best);
  }
  return `columns: { ${[...byRule.values()].map(ruleText).join(', ')} }`;
}

function conflictText(
  { path, one, other, further = [], why, lines }: SchemaConflict,
  sources: readonly SourceSchema[],
): string {
  const [best, ...more] = lines;
  const places = [one, ...further, other].map(({ source, has }) => `${has} in ${sources[source]!.file}`);
  return [
    `Column ${path} is ${places.slice(0, -1).join(', ')} and ${places.at(-1)!}.${why === undefined ? '' : ` ${why}`}`,
    ...(best === undefined ? [] : [`  columns: { ${lineText(best)} }   # ${best.effect}`]),
    ...more.map((line) => `  or ${lineText(line)}   # ${line.effect}`),
  ].join('\n');
}

/** Columns told in the message; `details` has all of them. */
const MOST_CONFLICTS = 5;
/** A line to paste is not shown when it is longer than a screen. */
const LONGEST_LINE = 2000;

/** The error for conflicts that only people can decide: all of them, each with lines ready to paste into the recipe. */
export function conflictError(
  conflicts: readonly SchemaConflict[],
  sources: readonly SourceSchema[],
  strict: boolean,
): RiffleError {
  const first = conflicts[0]!;
  const many = conflicts.length > 1 ? `${conflicts.length} columns differ` : 'One column differs';
  const head = strict
    ? `${many} between collections, and the recipe says schema: strict. Say schema: widen to let Riffle convert what loses nothing, or decide each.`
    : `${many} in meaning between collections: only you can know what is right. Decide with one of these lines in the recipe:`;
  const together = conflicts.length > 1 && !strict ? allAtOnce(conflicts) : undefined;
  const shown = conflicts.slice(0, MOST_CONFLICTS);
  const more = conflicts.length - shown.length;
  const rest = more === 0 ? [] : [`… and ${more} more ${more === 1 ? 'column' : 'columns'}; --json has all of them.`];
  const foot =
    together === undefined || together.length > LONGEST_LINE
      ? []
      : ['The first line of each, all at once:', `  ${together}`];
  return new RiffleError(
    'SCHEMA_CONFLICT',
    [head, ...shown.map((conflict) => conflictText(conflict, sources)), ...rest, ...foot].join('\n'),
    {
      ...(together === undefined ? {} : { together }),
      column: first.path,
      files: [sources[first.one.source]!.file, sources[first.other.source]!.file],
      types: [first.one.has, first.other.has],
      conflicts: conflicts.map(({ path, one, other, lines }) => ({
        column: path,
        files: [sources[one.source]!.file, sources[other.source]!.file],
        types: [one.has, other.has],
        lines: lines.map((line) => ({ line: lineText(line), effect: line.effect })),
      })),
    },
  );
}
