import { expect, it } from 'vitest';
import * as z from 'zod';
import { exactly } from './exactly.ts';

interface Thing {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly note?: string | undefined;
}

const name = z.string();
const sizes = z.array(z.int());
const note = z.string().optional();

it('gives back a schema that is as its type, and others do not compile', () => {
  const schema = z.object({ name, sizes, note });
  expect(exactly<Thing>()(schema)).toBe(schema);
  const others = [
    // @ts-expect-error a member is missing
    exactly<Thing>()(z.object({ name, sizes })),
    // @ts-expect-error a member is too many
    exactly<Thing>()(z.object({ name, sizes, note, more: note })),
    // @ts-expect-error another type
    exactly<Thing>()(z.object({ name: z.int(), sizes, note })),
    // @ts-expect-error another type further down
    exactly<Thing>()(z.object({ name, sizes: z.array(z.string()), note })),
    // @ts-expect-error not always there
    exactly<Thing>()(z.object({ name: name.optional(), sizes, note })),
    // @ts-expect-error always there
    exactly<Thing>()(z.object({ name, sizes, note: name })),
  ];
  expect(others).toHaveLength(6);
});
