import { Struct, type Data, type DataType, type Field } from 'apache-arrow';

/** Columns with their fields. */
export interface Columns {
  readonly fields: readonly Field[];
  readonly children: readonly Data[];
}

/**
 * Columns without those parts that are members of their own.
 * @param paths Names from the column down through structs.
 */
export function withoutMembers({ fields, children }: Columns, paths: readonly (readonly string[])[]): Columns {
  const kept = fields.flatMap((field, index): { readonly field: Field; readonly data: Data }[] => {
    const data = children[index]!;
    const here = paths.filter(([name]) => name === field.name).map((path) => path.slice(1));
    if (here.length === 0) return [{ field, data }];
    if (here.some((path) => path.length === 0)) return [];
    const type = field.type as DataType;
    const below = withoutMembers({ fields: type.children as Field[], children: data.children }, here);
    const struct = new Struct([...below.fields]);
    return [
      {
        field: field.clone({ type: struct }),
        data: data.clone(struct, data.offset, data.length, data.nullCount, undefined, [...below.children]),
      },
    ];
  });
  return { fields: kept.map(({ field }) => field), children: kept.map(({ data }) => data) };
}
