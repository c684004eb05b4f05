import { BadContentError } from '@riffle/core';
import { ConvertedTypes, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js';
import { schemaElementField } from './footer-fields.ts';
import { fieldsOf, integerOf, textOf, type ThriftFields, type ThriftValue } from './thrift-reader.ts';

/** Names of the logical types by their field id in the union LogicalType. */
const logicalTypes: Readonly<Record<number, string>> = {
  1: 'STRING',
  2: 'MAP',
  3: 'LIST',
  4: 'ENUM',
  5: 'DECIMAL',
  6: 'DATE',
  7: 'TIME',
  8: 'TIMESTAMP',
  10: 'INTEGER',
  11: 'NULL',
  12: 'JSON',
  13: 'BSON',
  14: 'UUID',
  15: 'FLOAT16',
  16: 'VARIANT',
  17: 'GEOMETRY',
  18: 'GEOGRAPHY',
};

/** One node of the schema tree as the footer lists it, depth first. Names are those of the Parquet specification. */
export interface SchemaElement {
  readonly name: string;
  /** Undefined for a group. */
  readonly physicalType: string | undefined;
  /** Bytes of a FIXED_LEN_BYTE_ARRAY. */
  readonly typeLength: number | undefined;
  readonly repetition: 'REQUIRED' | 'OPTIONAL' | 'REPEATED';
  /** Of a group; 0 for a leaf. */
  readonly children: number;
  readonly convertedType: string | undefined;
  readonly logicalType: string | undefined;
  /** Of TIME and TIMESTAMP. */
  readonly adjustedToUtc: boolean;
  /** Of GEOMETRY and GEOGRAPHY, if told: the coordinate reference system. */
  readonly coordinates: string | undefined;
  /** The element's fields in the footer, for copying. */
  readonly fields: ThriftFields;
}

function nameAt<Name extends string>(
  names: readonly Name[],
  index: number | undefined,
  what: string,
): Name | undefined {
  if (index === undefined) return undefined;
  const name = names[index];
  if (name === undefined) {
    throw new BadContentError(
      `Its schema has a ${what} of number ${index}, which this version of Riffle does not know.`,
      {},
      { code: 'UNSUPPORTED_CONTENT' },
    );
  }
  return name;
}

export function parseSchemaElement(bytes: Uint8Array, value: ThriftValue): SchemaElement {
  const fields = fieldsOf(bytes, value);
  const logical = [...fieldsOf(bytes, fields.get(schemaElementField.logicalType))][0];
  const parametersOf = (...ids: readonly number[]) =>
    logical !== undefined && ids.includes(logical[0]) ? fieldsOf(bytes, logical[1]) : undefined;
  const physicalType = nameAt(ParquetTypes, integerOf(bytes, fields.get(schemaElementField.type)), 'physical type');
  return {
    name: textOf(bytes, fields.get(schemaElementField.name)) ?? '',
    physicalType,
    typeLength: integerOf(bytes, fields.get(schemaElementField.typeLength)),
    repetition:
      nameAt(FieldRepetitionTypes, integerOf(bytes, fields.get(schemaElementField.repetition)), 'repetition') ??
      'REQUIRED',
    children: physicalType === undefined ? (integerOf(bytes, fields.get(schemaElementField.children)) ?? 0) : 0,
    convertedType: nameAt(
      ConvertedTypes,
      integerOf(bytes, fields.get(schemaElementField.convertedType)),
      'converted type',
    ),
    logicalType: logical === undefined ? undefined : (logicalTypes[logical[0]] ?? `number ${logical[0]}`),
    adjustedToUtc: parametersOf(7, 8)?.get(1)?.type === 1,
    coordinates: textOf(bytes, parametersOf(17, 18)?.get(1)),
    fields,
  };
}
