import type { TreatyColumn } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { describe, expect, it } from 'vitest';
import { emptyReport, samplePlan } from '../../test/fake-host.ts';
import { columns } from './columns.ts';
import { configurationTable } from './configuration.ts';
import { cutInMiddle, widthOf } from './fit.ts';
import { planTable } from './plan-table.ts';
import { summaryTable } from './summary.ts';
import { treatyTable } from './treaty-table.ts';

const recipe = recipeSchema.parse({
  collections: [
    { name: 'tts', path: 'data/tts/.dset/tts', expect: 20 },
    { name: '語り手', path: 'データ/語り手/集合' },
  ],
  output: 'out',
  columns: { drop: ['audio'] },
});
const treaty: readonly TreatyColumn[] = [
  ...samplePlan.columns,
  {
    name: 'オーディオ',
    type: 'struct<bytes: binary, path: string, sampling_rate: int64, channels: int32>',
    feature: 'Audio(sampling_rate=16000)',
    sources: [
      { collection: 'tts', type: 'binary', conversion: 'binary to a struct', risk: 'none' },
      { collection: 'cafe\u0301', type: undefined, conversion: 'filled with null', risk: 'none' },
    ],
  },
];

/** Every table for people, at a width. */
const tables = (width: number | undefined) => ({
  treaty: treatyTable(treaty, width),
  plan: planTable(samplePlan, width),
  configuration: configurationTable({ type: 'configured', recipe, workers: 2, memory: 1e9 }, width),
  summary: summaryTable(emptyReport, 3e9, width),
});

describe('the tables', () => {
  it.each([40, 60, 80, 200])('fit into %d columns', (width) => {
    for (const lines of Object.values(tables(width))) expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
  });

  it.each([40, 60, 80])('look like this at %d columns', (width) => {
    expect(Object.values(tables(width)).flat().join('\n')).toMatchSnapshot();
  });

  it('are whole where there is no terminal', () => {
    const text = tables(undefined).plan.join('\n');
    expect(text).toContain('spill: the data does not fit');
    expect(text).not.toContain('…');
  });

  it('line up with wide and with combining characters', () => {
    const lines = columns([
      ['name', 'x'],
      ['語り手', '1'],
      ['cafe\u0301', '2'],
    ]);
    expect(lines.map((line) => widthOf(line.replace(/\S$/, '')))).toEqual([10, 10, 10]);
  });

  it('cut what is too long in its middle', () => {
    expect(cutInMiddle('data/tts/.dset/tts/00000/data.parquet', 20)).toBe('data/tts/.…a.parquet');
    expect(widthOf(cutInMiddle('語り手の声のコレクション', 11))).toBeLessThanOrEqual(11);
  });
});
