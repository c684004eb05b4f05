import { makeData, type Data, type DataType } from 'apache-arrow';

/** `makeData` for a type known only when it runs; its overloads want it known before. */
export const makeAny = makeData as (properties: { readonly type: DataType; readonly [name: string]: unknown }) => Data;
