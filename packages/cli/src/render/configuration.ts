import { exactByteSize, formatByteSize, type RiffleEvent } from '@riffle/core';
import { recipeFlags } from '../flags/recipe-flags.ts';
import { namesPattern } from '../recipe/names-pattern.ts';
import { printable, table } from './wording.ts';

type Configured = Extract<RiffleEvent, { type: 'configured' }>;

/** Keys whose numbers are bytes. */
const sizes = new Set(['rowGroupBytes']);

/** The configuration in force, every value of it, in the order of the flags. */
export function configurationTable({ recipe, workers, memory }: Configured, width?: number): string[] {
  const collections = recipe.collections.map(({ name, path, expect }) => {
    const expected =
      expect === undefined ? '' : `, expecting ${typeof expect === 'number' ? `${expect} shards` : expect}`;
    return `${name} = ${path}${expected}`;
  });
  const measured: Record<string, string> = {
    workers: String(workers),
    memory: formatByteSize(memory),
    tempDir: recipe.tempDir ?? 'in the output',
  };
  const values = recipeFlags.flatMap(({ key }): [string, string][] => {
    if (key === undefined) return [];
    return [[key, measured[key] ?? valueText(key, (recipe as Record<string, unknown>)[key])]];
  });
  const { limits, plugins, columns, schema } = recipe;
  const rules = Object.entries(columns).map(([rule, value]) => `${rule}: ${JSON.stringify(value)}`);
  const pairs: [string, string][] = [
    ['collections', collections.join('\n')],
    ...values,
    ['schema', schema],
    ['columns', rules.length === 0 ? 'all, by name' : rules.join('\n')],
    [
      'limits',
      `decoded > ${exactByteSize(limits.decodedBytes)} and > ${limits.decodedRatio} times the file is refused`,
    ],
    ['stallSeconds', String(recipe.stallSeconds)],
  ];
  const { layout, ...others } = plugins;
  const pattern = namesPattern(layout);
  if (pattern !== undefined) pairs.push(['names', pattern]);
  const shown = pattern === undefined ? plugins : others;
  if (Object.keys(shown).length > 0) pairs.push(['plugins', JSON.stringify(shown)]);
  return [
    'Configuration',
    ...table(
      pairs.map(([name, value]) => [name, printable(value)] as const),
      width,
    ),
  ];
}

function valueText(key: string, value: unknown): string {
  if (key === 'maxLoss') return `${String(value)}%`;
  return sizes.has(key) ? exactByteSize(value as number) : String(value);
}
