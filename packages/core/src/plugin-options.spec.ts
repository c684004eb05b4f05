import { expect, it } from 'vitest';
import * as z from 'zod';
import { parsePluginOptions } from './plugin-options.ts';

const schema = z.strictObject({ depth: z.int().min(1).default(2), names: z.array(z.string()).default([]) });
const parse = (given: Parameters<typeof parsePluginOptions>[1]) =>
  parsePluginOptions(schema, given, { name: 'tree', shown: 'the tree reader' });

it('parsePluginOptions fills in defaults, and takes none for an empty object', () => {
  for (const given of [undefined, null, {}]) expect(parse(given)).toEqual({ depth: 2, names: [] });
  expect(parse({ depth: 5 })).toEqual({ depth: 5, names: [] });
});

it('parsePluginOptions names every option that cannot be used, with its place', () => {
  expect(() => parse({ depth: 0, names: ['a', 3], more: 1 })).toThrow(
    /^The tree reader cannot use its options: depth: .*; names\.1: .*; options: .*more.*\.$/,
  );
  expect(() => parse('deep')).toThrow(expect.objectContaining({ code: 'PLUGIN_INVALID', details: { plugin: 'tree' } }));
});
