import { BadContentError } from '@riffle/core';
import { Endianness } from 'apache-arrow/fb/endianness';
import { Encoding } from 'flatbuffers';
import type { Field } from 'apache-arrow/fb/field';
import type { Schema } from 'apache-arrow/fb/schema';
import { Type } from 'apache-arrow/fb/type';
import { checkType } from './check-type.ts';
import { spendMetadata, type Spend } from './flat.ts';

/** More than anything can load. */
const MOST_FIELDS = 2 ** 17;
/** Lists in lists: each takes some of the stack. */
const MOST_LEVELS = 200;

const unsupported = (reason: string, column?: string) =>
  new BadContentError(reason, column === undefined ? {} : { column }, { code: 'UNSUPPORTED_CONTENT' });

const childrenOf: Partial<Record<Type, number>> = {
  [Type.List]: 1,
  [Type.LargeList]: 1,
  [Type.FixedSizeList]: 1,
  [Type.Map]: 1,
};

/**
 * Says of a schema, before it is decoded, what is wrong with it, or what it has that Riffle does not read: so that a survey tells it.
 * @throws BadContentError naming column and type: `UNSUPPORTED_CONTENT` for types that are not read, `BAD_CONTENT` for those that cannot be.
 */
export function checkSchema(schema: Schema | null, spend: Spend): void {
  if (schema === null) throw new BadContentError('It has no schema.', { kind: 'metadata' });
  if (schema.endianness() !== Endianness.Little)
    throw unsupported(
      'Its numbers are big-endian, the highest byte first, which Riffle does not read. Write it anew with native byte order on a little-endian machine.',
    );
  spendMetadata(schema, spend);
  let fields = 0;
  const visit = (field: Field | null, above: string, level: number): void => {
    const own = field?.name();
    const path = above === '' ? String(own ?? '') : `${above}.${own ?? ''}`;
    if (field === null) throw new BadContentError('A field of its schema is missing.', { kind: 'metadata' });
    if (++fields > MOST_FIELDS) throw unsupported(`It has more than ${MOST_FIELDS} columns.`);
    if (level > MOST_LEVELS)
      throw unsupported(`Column ${path.slice(0, 100)} is nested more than ${MOST_LEVELS} levels deep.`);
    spend(8 + (field.name(Encoding.UTF8_BYTES)?.length ?? 0));
    spendMetadata(field, spend);
    checkType(field, path);
    const children = field.childrenLength();
    const wanted = childrenOf[field.typeType()];
    if (wanted !== undefined && children !== wanted)
      throw new BadContentError(`Column ${path} is a list of ${children} fields.`, { kind: 'metadata', column: path });
    const pair = field.typeType() === Type.Map ? field.children(0) : null;
    if (pair !== null && !(pair.typeType() === Type.Struct_ && pair.childrenLength() === 2))
      throw new BadContentError(`Column ${path} is a map without keys and values.`, { kind: 'metadata', column: path });
    const isList = wanted !== undefined;
    for (let index = 0; index < children; index++)
      if (isList) visitElement(field.children(index), path, level + 1);
      else visit(field.children(index), path, level + 1);
  };
  /** Elements are known by the column of the list. */
  const visitElement = (field: Field | null, path: string, level: number) => visit(field, path, level);
  const columns = schema.fieldsLength();
  for (let index = 0; index < columns; index++) visit(schema.fields(index), '', 1);
}
