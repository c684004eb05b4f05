import { describe, expect, it } from 'vitest';
import { dealtInTurn, judge, shuffled, sorted } from '../test/orders.ts';
import { judgeOrder } from './judge-order.ts';
import { judgePermutation } from './judge-permutation.ts';
import { judgeValues } from './judge-values.ts';
import { rowsOfStretches, stretchesOf } from './order.ts';
import { mostRows, mostTests } from './thresholds.ts';

describe('the verdict', () => {
  it('is not given for fewer than 1,000 rows', () => {
    expect(judge(shuffled(999, 1))).toMatchObject({
      verdict: 'too-few-rows',
      reasons: ['There are 999 rows, and fewer than 1000 cannot be judged.'],
      tests: [],
    });
    expect(judge(new Float64Array())).toMatchObject({ verdict: 'too-few-rows', judgedRows: 0 });
    expect(judge(sorted(1000)).verdict).toBe('not-shuffled');
  });

  it('has one reason for each kind of test that fails', () => {
    const { reasons, tests } = judge(sorted(5000));
    expect(tests.length).toBeLessThanOrEqual(mostTests);
    expect(new Set(tests.filter(({ passed }) => !passed).map(({ name }) => name)).size).toBe(reasons.length);
    expect(reasons).toContain('Early rows of the source come early in the output.');
  });

  it('tells an order turned round from one that was kept', () => {
    const { reasons } = judge(sorted(5000).toReversed());
    expect(reasons).toContain('Early rows of the source come late in the output.');
    expect(reasons).toContain(
      'Many rows stand beside a row that was their neighbour in the source: pieces of it moved as wholes.',
    );
  });

  it('survives JSON as it is', () => {
    const certificate = judge(shuffled(3000, 2));
    expect(JSON.parse(JSON.stringify(certificate))).toEqual(certificate);
  });

  it('refuses sources that are not those of the stretches', () => {
    const order = { rows: 10, stretches: [{ start: 0, rows: 9 }], sources: sorted(10), sourceRows: 10 };
    expect(() => judgeOrder(order)).toThrow(RangeError);
  });
});

describe('the picture', () => {
  it('is a diagonal of what nothing moved, and has every judged row once', () => {
    const { before, after, size } = judge(sorted(5000)).picture;
    expect(size).toBe(35);
    expect(after).toEqual(before);
    expect(before.filter((rows) => rows > 0)).toHaveLength(size);
    expect(before.reduce((sum, rows) => sum + rows)).toBe(5000);
  });
});

describe('the share of groups', () => {
  const rows = 10_000;
  const stretches = [{ start: 0, rows }];
  const shards = new Array<number>(20).fill(500);
  const ofCollections = (sources: Float64Array) =>
    ({
      kind: 'collection',
      count: 3,
      of: sources.map((source) => Number(source > 4000) + Number(source > 9900)),
    }) as const;
  const share = (sources: Float64Array) => {
    const groups = { ...ofCollections(sources), of: Uint32Array.from(ofCollections(sources).of) };
    return judgeOrder({ rows, stretches, sources, sourceRows: rows, groups, shards }).tests[0]!;
  };

  it('is judged by shard, with small groups together', () => {
    expect(share(shuffled(rows, 1))).toMatchObject({
      name: 'group-share',
      title: 'Share of 2 collections in 20 shards',
      degreesOfFreedom: 19,
      passed: true,
    });
  });

  it('is uneven if collections stand one after the other', () => {
    expect(share(sorted(rows))).toMatchObject({ passed: false, chance: 1e-15 });
    expect(share(sorted(rows)).sentence).toBe('Some shards have too much of one collection and too little of another.');
  });

  it('is judged shard by shard where shards differ by a row', () => {
    const many = 100_003;
    const sources = shuffled(many, 4);
    const of = Uint32Array.from(sources, (source) => source % 2);
    const uneven = Array.from({ length: 256 }, (_, index) => Math.floor(many / 256) + (index < many % 256 ? 1 : 0));
    const order = { rows: many, stretches: [{ start: 0, rows: many }], sources, sourceRows: many, shards: uneven };
    const { tests } = judgeOrder({ ...order, groups: { kind: 'collection', count: 2, of } });
    expect(tests[0]!.title).toBe('Share of 2 collections in 256 shards');
  });

  it('is too even if rows are dealt in turn', () => {
    const long = 200_000;
    const sources = dealtInTurn(long, 2);
    const groups = {
      kind: 'collection',
      count: 2,
      of: Uint32Array.from(sources, (source) => Number(source >= 100_000)),
    } as const;
    const many = new Array<number>(200).fill(1000);
    const order = {
      rows: long,
      stretches: [{ start: 0, rows: long }],
      sources,
      sourceRows: long,
      groups,
      shards: many,
    };
    expect(judgeOrder(order).reasons[0]).toBe(
      'The shares of each collection are more even than chance makes them: rows were dealt in turn, not shuffled.',
    );
  });
});

describe('values of a column', () => {
  const column = (values: Float64Array | readonly string[]) =>
    judgeValues({ rows: values.length, stretches: [{ start: 0, rows: values.length }], values });

  it('are ranked, whatever they are', () => {
    const ids = shuffled(5000, 3);
    expect(column(ids.map((id) => id ** 3 - 1e6)).verdict).toBe('shuffled');
    expect(column([...ids].map((id) => `row ${id}`)).verdict).toBe('shuffled');
    expect(column([...sorted(5000)].map((id) => `row ${String(id).padStart(4, '0')}`)).verdict).toBe('not-shuffled');
    expect(column(sorted(5000).map((id) => (id % 100 === 0 ? Number.NaN : id))).verdict).toBe('not-shuffled');
  });

  it('that are the same often stay judgeable', () => {
    const labels = shuffled(4000, 5).map((id) => id % 10);
    expect(column(labels)).toMatchObject({
      verdict: 'shuffled',
      tests: [{ name: 'group-share' }, ...new Array(19).fill({})],
    });
    expect(column(labels.toSorted())).toMatchObject({ verdict: 'not-shuffled' });
    expect(column(sorted(4000).map((id) => id % 2))).toMatchObject({ verdict: 'not-shuffled' });
  });

  it('that are nearly all the same tell too little', () => {
    expect(column(new Float64Array(5000))).toMatchObject({
      verdict: 'too-few-rows',
      reasons: ['All 5000 rows have the same value, which tells nothing of their order.'],
    });
    expect(column(sorted(5000).map((id) => Math.max(0, id - 4700)))).toMatchObject({
      verdict: 'too-few-rows',
      reasons: ['All but 299 of 5000 rows have the same value; 500 others are needed to judge.'],
    });
  });
});

describe('a long order', () => {
  it('is judged by stretches from its first row to its last', () => {
    const rows = 2 ** 42;
    const stretches = stretchesOf(rows);
    expect(rowsOfStretches(stretches)).toBe(mostRows);
    expect(stretches[0]).toEqual({ start: 0, rows: 4096 });
    expect(stretches.at(-1)).toEqual({ start: rows - 4096, rows: 4096 });
    expect(stretchesOf(mostRows)).toHaveLength(1);
  });

  it.each([
    ['kept', (position: number) => position],
    [
      'of shards moved as wholes',
      (position: number) => ((Math.floor(position / 1e6) * 7919) % 5000) * 1e6 + (position % 1e6),
    ],
  ])('is seen to be %s', (_name, sourceOf) => {
    const shards = new Array<number>(5000).fill(1e6);
    const collections = [
      { name: 'a', rows: 1e9 },
      { name: 'b', rows: 4e9 },
    ];
    const { verdict, judgedRows } = judgePermutation({ rows: 5e9, shards, collections, sourceOf });
    expect({ verdict, judgedRows }).toEqual({ verdict: 'not-shuffled', judgedRows: mostRows });
  });
});
