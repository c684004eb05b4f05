import { describe, expect, it } from 'vitest';
import { lossesOf, lossesText } from './losses.ts';

const collection = { loaded: 0, missing: 0, failed: 0, empty: 0, salvaged: 0 };
const lost = (rows?: number) =>
  ({
    collection: 'a',
    path: 'x',
    code: 'BAD_CONTENT',
    kind: 'damaged',
    reason: 'bad',
    ...(rows === undefined ? {} : { rows }),
  }) as const;

describe('losses', () => {
  it('count shards of every kind, and take the larger of the two shares', () => {
    const byShards = lossesOf({
      rows: 990,
      lost: [lost(10), lost()],
      collections: [
        { ...collection, loaded: 6, missing: 1 },
        { ...collection, loaded: 2, failed: 1 },
      ],
    });
    expect(byShards).toEqual({ shards: 2, salvaged: 0, ofShards: 10, knownRows: 10, share: 0.2 });
    const byRows = lossesOf({ rows: 100, lost: [lost(300)], collections: [{ ...collection, loaded: 9, empty: 1 }] });
    expect(byRows.share).toBe(0.75);
    expect(lossesText(byRows)).toBe('lost 1 of 10 shards with 300 known rows (75.00%)');
    expect(lossesText(byShards)).toBe('lost 2 of 10 shards with 10 known rows (20.00%)');
  });

  it('count salvaged shards apart: by their rows, or as shards where nobody knows', () => {
    const counts = { rows: 900, collections: [{ ...collection, loaded: 5, salvaged: 1 }] };
    const known = lossesOf({ ...counts, lost: [{ ...lost(100), rowsKept: 200 }] });
    expect(known).toMatchObject({ shards: 0, salvaged: 1, ofShards: 5, share: 0.1 });
    expect(lossesText(known)).toBe('lost 1 of 5 shards in part, with 100 known rows (10.00%)');
    const unknown = lossesOf({ ...counts, lost: [{ ...lost(), rowsKept: 200 }] });
    expect(unknown.share).toBe(0.2);
    expect(lossesText(unknown)).toBe('lost 1 of 5 shards in part (20.00%)');
  });

  it('are nothing where nothing was', () => {
    expect(lossesOf({ rows: 0, lost: [], collections: [] }).share).toBe(0);
  });
});
