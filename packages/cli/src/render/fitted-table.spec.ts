import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthOf } from './fit.ts';
import { fittedTable } from './fitted-table.ts';

const rows = [
  ['column', 'type', 'size'],
  ['audio', 'struct<bytes: binary, path: string>', '1.20 GB'],
  ['text', 'string', '900 kB'],
];

describe('a table fitted to a width', () => {
  it('is as wide as its cells where there is room', () => {
    expect(fittedTable(rows, 80, [2])).toEqual([
      '  column  type                                    size',
      '  audio   struct<bytes: binary, path: string>  1.20 GB',
      '  text    string                                900 kB',
    ]);
    expect(fittedTable(rows, undefined, [2])).toEqual(fittedTable(rows, 80, [2]));
  });

  it('cuts the widest cells where there is little, never numbers', () => {
    expect(fittedTable(rows, 40, [2])).toEqual([
      '  column  type                      size',
      '  audio   struct<bytes: binary…  1.20 GB',
      '  text    string                  900 kB',
    ]);
  });

  it('stacks rows where there is none', () => {
    expect(fittedTable(rows, 26, [2])).toEqual([
      '  audio',
      '    type  struct<bytes:',
      '          binary, path:',
      '          string>',
      '    size  1.20 GB',
      '  text',
      '    type  string',
      '    size  900 kB',
    ]);
  });

  it('keeps what files say in its cell', () => {
    const [, line] = fittedTable([['name'], ['a\nb\u001b[2J']], 80);
    expect(line).toBe('  a\uFFFDb\uFFFD[2J');
  });

  it('is never wider than asked for, whatever the cells', () => {
    // No combining characters: joined to the ones before, they take other widths than alone.
    // Nor words that alone are longer than a line may be: they stay whole, so that they can be copied.
    const text = fc.string({
      maxLength: 8,
      unit: fc.constantFrom('a', 'b', '-', ' ', ' ', '\n', '\u001b', '\u202e', 'é', '語', '😀'),
    });
    const tables = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }))
      .chain(([width, height]) =>
        fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
      );
    fc.assert(
      fc.property(tables, fc.integer({ min: 40, max: 120 }), (table, width) =>
        fittedTable(table, width, [0]).every((line) => widthOf(line) <= width),
      ),
      { numRuns: 2000 },
    );
    expect(fittedTable([['a']], 40)).toEqual(['  a']);
  });
});
