import { BadContentError } from '@riffle/core';
import { createBytesMemo } from './bytes-memo.ts';
import { fileMetadataField, keyValueField, rowGroupField } from './footer-fields.ts';
import { leafColumns, type LeafColumn } from './leaf-columns.ts';
import { parseSchemaElement, type SchemaElement } from './schema-element.ts';
import {
  fieldsOf,
  integerOf,
  itemsOf,
  readFields,
  textOf,
  type ThriftFields,
  type ThriftValue,
} from './thrift-reader.ts';

/** A parsed footer. Row groups are parsed on demand by `parseRowGroup`, since a file may have very many column chunks. */
export interface Footer {
  /** The metadata alone, without length and magic. All positions count from its start. */
  readonly bytes: Uint8Array;
  readonly fields: ThriftFields;
  /** Bytes of the whole file. */
  readonly fileSize: number;
  /** As declared; checked to be the sum over row groups. */
  readonly rows: number;
  readonly schema: readonly SchemaElement[];
  readonly leaves: readonly LeafColumn[];
  readonly rowGroups: readonly ThriftValue[];
  /** Of the file; the last of equal keys counts. */
  readonly keyValues: ReadonlyMap<string, string>;
  readonly createdBy: string | undefined;
}

function required(value: number | undefined, what: string): number {
  if (value === undefined || value < 0)
    throw new BadContentError(`Its footer is damaged: ${what} is ${value === undefined ? 'missing' : value}.`, {
      kind: 'metadata',
    });
  return value;
}

const knownSchemas = createBytesMemo<Pick<Footer, 'schema' | 'leaves'>>();

/** Known by all bytes up to its end: elements say where they stand, so it must stand at the same place, too. */
function parseSchema(bytes: Uint8Array, value: ThriftValue | undefined): Pick<Footer, 'schema' | 'leaves'> {
  return knownSchemas.get(bytes.subarray(0, value?.end ?? 0), () => {
    const schema = itemsOf(bytes, value).map((item) => parseSchemaElement(bytes, item));
    if (schema.length === 0)
      throw new BadContentError('Its footer is damaged: there is no schema.', { kind: 'metadata' });
    return { schema, leaves: leafColumns(schema) };
  });
}

/**
 * Parses and checks the metadata of one file.
 * @throws BadContentError if it is damaged, contradicts itself, or is encrypted.
 */
export function parseFooter(bytes: Uint8Array, fileSize: number): Footer {
  const { fields } = readFields(bytes, 0);
  if (fields.has(fileMetadataField.encryption)) {
    throw new BadContentError(
      'Some of its columns are encrypted, which Riffle cannot read.',
      { kind: 'encrypted', encrypted: true },
      { code: 'UNSUPPORTED_CONTENT' },
    );
  }
  const { schema, leaves } = parseSchema(bytes, fields.get(fileMetadataField.schema));
  const rowGroups = itemsOf(bytes, fields.get(fileMetadataField.rowGroups));
  const rows = required(integerOf(bytes, fields.get(fileMetadataField.rows)), 'the number of rows');
  let sum = 0;
  for (const rowGroup of rowGroups)
    sum += required(
      integerOf(bytes, fieldsOf(bytes, rowGroup).get(rowGroupField.rows)),
      'the number of rows of a row group',
    );
  if (sum !== rows)
    throw new BadContentError(`Its counts disagree: the footer declares ${rows} rows, its row groups ${sum}.`, {
      kind: 'counts',
      declaredRows: rows,
      rowGroupRows: sum,
    });
  const keyValues = new Map<string, string>();
  for (const item of itemsOf(bytes, fields.get(fileMetadataField.keyValues))) {
    const pair = fieldsOf(bytes, item);
    keyValues.set(textOf(bytes, pair.get(keyValueField.key)) ?? '', textOf(bytes, pair.get(keyValueField.value)) ?? '');
  }
  return {
    bytes,
    fields,
    fileSize,
    rows,
    schema,
    leaves,
    rowGroups,
    keyValues,
    createdBy: textOf(bytes, fields.get(fileMetadataField.createdBy)),
  };
}
