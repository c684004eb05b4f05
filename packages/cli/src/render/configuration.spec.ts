import { recipeSchema } from '@riffle/core/recipe';
import { expect, it } from 'vitest';
import { firstPartyPlugin } from '../plugins.ts';
import { configurationTable } from './configuration.ts';

it('says the names of shards as --names has them, and other plugins as they are', () => {
  const recipe = (plugins: object) =>
    recipeSchema.parse({ collections: [{ name: 'a', path: 'a' }], output: 'out', plugins });
  const lines = (plugins: object) =>
    configurationTable({ type: 'configured', recipe: recipe(plugins), workers: 1, memory: 1e9 }).join('\n');
  const layout = { specifier: firstPartyPlugin('layouts', 'pattern')!, options: { pattern: 'train/{shard}' } };
  expect(lines({ layout })).toMatch(/names +train\/\{shard\}/);
  expect(lines({ layout })).not.toContain('plugins');
  expect(lines({ layout: { specifier: './mine.mjs' } })).toContain('{"layout":{"specifier":"./mine.mjs"}}');
});
