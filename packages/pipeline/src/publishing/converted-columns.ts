import type { ConvertedColumn, TreatyColumn, TreatySource } from '@riffle/core';
import { groupBy } from '../survey/group-by.ts';

/** A manifest is not to grow with columns times collections. */
const mostColumns = 1000;
const mostWays = 20;
const namesKept = 5;

const wayOf = ({ name, type, conversion, risk }: TreatySource) => JSON.stringify([name, type, conversion, risk]);

/** The columns of a plan for its manifest: collections that have a column in the same way stand together. */
export function convertedColumns(columns: readonly TreatyColumn[]): readonly ConvertedColumn[] {
  return columns.slice(0, mostColumns).map(({ name, type, feature, sources }) => {
    const ways = [...groupBy(sources, wayOf).values()].slice(0, mostWays);
    return {
      name,
      type,
      ...(feature === undefined ? {} : { feature }),
      sources: ways.map((own) => {
        const first = own[0]!;
        const collections = [...new Set(own.map(({ collection }) => collection))];
        return {
          collections: collections.slice(0, namesKept),
          ofCollections: collections.length,
          ...(first.name === undefined ? {} : { name: first.name }),
          ...(first.type === undefined ? {} : { type: first.type }),
          conversion: first.conversion,
          risk: first.risk,
        };
      }),
    };
  });
}
