import { resolve } from 'node:path';
import { recipeLimits, type RecipeProblem } from '@riffle/core';
import type { Flag } from '../flags/flag.ts';
import { recipeFlags } from '../flags/recipe-flags.ts';
import { setValue, type RecipeValues } from './set-value.ts';

/** What the parser found, by flag in camel case: text, a list of texts for a repeatable flag, true for a switch. */
export type FlagValues = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** Where a value of the recipe came from: its place, and what to call it instead. */
export type Sources = Map<string, string>;

export interface AppliedFlags {
  readonly sources: Sources;
  readonly problems: readonly RecipeProblem[];
}

/**
 * Puts the flags' values over those of the recipe file. Values are not judged here, the schema does that.
 *
 * @param values is changed
 * @param pathsStartAt where relative paths of flags start; undefined if that is where the recipe's start too
 */
export function applyFlags(values: RecipeValues, flags: FlagValues, pathsStartAt: string | undefined): AppliedFlags {
  const sources: Sources = new Map();
  const path = (text: string) =>
    pathsStartAt === undefined || text.trim() === '' ? text : resolve(pathsStartAt, text);
  const problems: RecipeProblem[] = [];
  const inputs = listOf(flags['input']);
  if (inputs.length > 0) problems.push(...replaceCollections(values, inputs, path, sources));
  for (const flag of recipeFlags) {
    const given = flags[optionKey(flag)];
    if (flag.key === undefined || given === undefined || typeof given === 'object') continue;
    sources.set(flag.key, flag.name);
    values[flag.key] = typeof given === 'boolean' ? given : valueOf(flag, given, path);
  }
  if (typeof flags['writer'] === 'string') chooseWriter(values, flags['writer'], path, sources);
  if (typeof flags['names'] === 'string') choosePattern(values, flags['names'], sources);
  if (typeof flags['expect'] === 'string') problems.push(...expectEverywhere(values, flags['expect'], sources));
  // Last, since it may refine what --input said.
  for (const argument of listOf(flags['set'])) {
    const problem = givenTwice(argument, flags) ?? setValue(values, argument);
    if (problem !== undefined) problems.push(problem);
    sources.set(argument.slice(0, argument.indexOf('=')), '--set');
  }
  return { sources, problems };
}

/** The key under which the parser keeps a flag: `rowGroupBytes` for `--row-group-bytes`. */
function optionKey({ name }: Pick<Flag, 'name'>): string {
  return name.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function valueOf(flag: Flag, text: string, path: (text: string) => string): string | number {
  if (flag.value === 'path') return path(text);
  return flag.value === 'number' ? numberOrText(text) : text;
}

/** What is no plain decimal number stays text, which the schema then refuses with the range. */
export function numberOrText(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function replaceCollections(
  values: RecipeValues,
  inputs: readonly string[],
  path: (text: string) => string,
  sources: Sources,
): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  values['collections'] = inputs.map((input, index) => {
    sources.set(`collections[${index}]`, `--input ${input}`);
    const equals = input.indexOf('=');
    if (equals >= 0) return { name: input.slice(0, equals), path: path(input.slice(equals + 1)) };
    const message = `must be NAME=PATH, for instance --input ${/([^/\\]*)[/\\]*$/.exec(input)?.[1] || 'name'}=${input}`;
    problems.push({ place: `--input ${input}`, message });
    // Goes on as if it were right, so that only this is reported.
    return { name: `--input ${index}`, path: path(input) };
  });
  return problems;
}

const pluginsOf = ({ plugins }: RecipeValues): object =>
  typeof plugins === 'object' && plugins !== null ? plugins : {};

/** The layout that follows a pattern, in place of the recipe's. */
function choosePattern(values: RecipeValues, pattern: string, sources: Sources): void {
  values['plugins'] = { ...pluginsOf(values), layout: { specifier: 'pattern', options: { pattern } } };
  sources.set('plugins.layout.options.pattern', '--names');
}

/** Another writer has other options, so those of the recipe's go with it. */
function chooseWriter(values: RecipeValues, text: string, path: (text: string) => string, sources: Sources): void {
  const specifier = /^\.{1,2}[/\\]/.test(text) ? path(text) : text;
  const known = pluginsOf(values);
  const { writer } = known as { readonly writer?: { readonly specifier?: unknown } };
  values['plugins'] = { ...known, writer: writer?.specifier === specifier ? writer : { specifier } };
  sources.set('plugins.writer.specifier', '--writer');
}

/** The flag holds for every collection; a pattern, which only a recipe takes, is for one. */
function expectEverywhere(values: RecipeValues, text: string, sources: Sources): RecipeProblem[] {
  const number = numberOrText(text);
  if (typeof number !== 'number') {
    const { minimum, maximum } = recipeLimits.expect;
    return [
      {
        place: '--expect',
        message: `must be a whole number from ${minimum} to ${maximum}, not ${JSON.stringify(text)}`,
      },
    ];
  }
  const collections: readonly unknown[] = Array.isArray(values['collections']) ? values['collections'] : [];
  for (const [index, collection] of collections.entries()) {
    if (typeof collection !== 'object' || collection === null) continue;
    (collection as RecipeValues)['expect'] = number;
    sources.set(`collections[${index}].expect`, '--expect');
  }
  return [];
}

function givenTwice(argument: string, flags: FlagValues): RecipeProblem | undefined {
  const key = argument.slice(0, argument.indexOf('='));
  const flag = recipeFlags.find((candidate) => candidate.key === key && flags[optionKey(candidate)] !== undefined);
  if (flag === undefined) return undefined;
  return { place: `--set ${argument}`, message: `is also given by ${flag.name}; give one of them` };
}

function listOf(given: FlagValues[string]): readonly string[] {
  return typeof given === 'object' ? given : [];
}
