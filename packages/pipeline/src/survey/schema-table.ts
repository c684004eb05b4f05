/** Distinct schemas by their bytes, numbered in the order of arrival. */
export interface SchemaTable {
  add(schema: Uint8Array): number;
  readonly schemas: readonly Uint8Array[];
}

export function createSchemaTable(): SchemaTable {
  const numbers = new Map<string, number>();
  const schemas: Uint8Array[] = [];
  return {
    schemas,
    add(schema) {
      const key = Buffer.from(schema.buffer, schema.byteOffset, schema.byteLength).toString('latin1');
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, schemas.length);
      return schemas.push(schema) - 1;
    },
  };
}
