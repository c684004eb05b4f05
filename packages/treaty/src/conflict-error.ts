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

/** The line as it stands below `columns:` in a recipe. */
function lineText({ rule, path, value }: RecipeLine): string {
  return rule === 'drop' ? `drop: [${yamlValue(path)}]` : `${rule}: { ${yamlText(path)}: ${yamlValue(value)} }`;
}

function conflictText({ path, one, other, why, lines }: SchemaConflict, sources: readonly SourceSchema[]): string {
  const [best, ...more] = lines;
  const places = [one, other].map(({ source, has }) => `${has} in ${sources[source]!.file}`);
  return [
    `Column ${path} is ${places.join(' and ')}.${why === undefined ? '' : ` ${why}`}`,
    ...(best === undefined ? [] : [`  columns: { ${lineText(best)} }   # ${best.effect}`]),
    ...more.map((line) => `  or ${lineText(line)}   # ${line.effect}`),
  ].join('\n');
}

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
  return new RiffleError(
    'SCHEMA_CONFLICT',
    [head, ...conflicts.map((conflict) => conflictText(conflict, sources))].join('\n'),
    {
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
