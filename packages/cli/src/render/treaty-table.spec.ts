import type { TreatyColumn, TreatySource } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { treatyTable } from './treaty-table.ts';

const source = (
  collection: string,
  type: string | undefined,
  conversion = 'kept',
  risk: TreatySource['risk'] = 'none',
) => ({
  collection,
  type,
  conversion,
  risk,
});
const column = (name: string, type: string, ...sources: readonly TreatySource[]): TreatyColumn => ({
  name,
  type,
  sources,
});

describe('the table of columns', () => {
  it('has one line for a column that all have alike, and every difference of the others', () => {
    expect(
      treatyTable([
        column('text', 'string', source('a', 'string'), source('b', 'string')),
        {
          ...column(
            'label',
            'int64',
            source('a', 'int64'),
            source('b', 'int64', 'labels renumbered', 'checked'),
            { ...source('c', 'int32', 'int32 to int64'), name: 'klass' },
            source('d', undefined, 'null'),
          ),
          feature: 'ClassLabel(2 names)',
        },
      ]),
    ).toEqual([
      '2 columns, 1 not the same in all collections',
      '  column  agreed type                 in   has           conversion         risk',
      '  text    string                      all                kept',
      '  label   ClassLabel(2 names): int64  a    int64         kept',
      '                                      b    int64         labels renumbered  each value is checked; one that does not fit fails its shard',
      '                                      c    klass: int32  int32 to int64',
      '                                      d    absent        null',
    ]);
  });

  it('puts together collections of which the same can be said, and does not name hundreds', () => {
    const many = Array.from({ length: 300 }, (_, index) => source(`c${index}`, 'int32', 'int32 to int64'));
    const lines = treatyTable([column('id', 'int64', ...many, source('z', 'int64'))]);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain('c0, c1, c2 and 297 more');
  });

  it('stays within bounds: long types, many columns, names that would steer a terminal', () => {
    const wide = Array.from({ length: 500 }, (_, index) =>
      column(`c${index}\u001b[2J`, `struct<${'x'.repeat(900)}>`, source('a', 'int32', 'null')),
    );
    const lines = treatyTable(wide);
    expect(lines).toHaveLength(43);
    expect(lines.at(-1)).toContain('460 more columns');
    for (const line of lines) {
      expect(line.length).toBeLessThan(200);
      expect(line).not.toContain('\u001b');
    }
  });
});
