import { Field, Int32, Int64, List, Schema, Struct, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { schemaDifference } from './schema-difference.ts';

const schema = (...fields: Field[]) => new Schema(fields);

describe('schemaDifference', () => {
  it('finds none where only nullability, metadata and names of list elements differ', () => {
    const one = schema(new Field('a', new List(new Field('item', new Int32(), true)), true, new Map([['k', 'v']])));
    const other = schema(new Field('a', new List(new Field('element', new Int32(), false)), false));
    expect(schemaDifference(one, other)).toBeUndefined();
  });

  it.each([
    ['a column more', schema(), schema(new Field('a', new Utf8())), '1 columns instead of 0'],
    ['another name', schema(new Field('a', new Utf8())), schema(new Field('b', new Utf8())), 'a column b instead of a'],
    [
      'another width',
      schema(new Field('a', new Int32())),
      schema(new Field('a', new Int64())),
      'column a is Int64 instead of Int32',
    ],
    [
      'another type far inside',
      schema(new Field('a', new Struct([new Field('x', new Int32())]))),
      schema(new Field('a', new Struct([new Field('x', new Utf8())]))),
      'column a.x is Utf8 instead of Int32',
    ],
  ])('names %s', (_, expected, found, difference) => {
    expect(schemaDifference(expected, found)).toBe(difference);
  });
});
