import { typeText } from '@riffle/columnar';
import { DataType } from 'apache-arrow';
import type { Builder } from './builder.ts';
import { fixedBuilder } from './fixed-builder.ts';
import { fixedStore } from './leaf-stores.ts';
import {
  fixedSizeListBuilder,
  listBuilder,
  mapBuilder,
  structBuilder,
  type UnknownMembers,
} from './nested-builders.ts';
import { binaryBuilder, boolBuilder, nullBuilder, textBuilder } from './simple-builders.ts';

/**
 * A builder for values of a type.
 * @throws Error for types that `findUnspelled` finds: ask it before.
 */
export function makeBuilder(type: DataType, unknownMembers: UnknownMembers): Builder {
  const make = (child: DataType) => makeBuilder(child, unknownMembers);
  const fixed = fixedStore(type);
  if (fixed !== undefined) return fixedBuilder(type, fixed.width, fixed.store);
  if (DataType.isNull(type)) return nullBuilder(type);
  if (DataType.isBool(type)) return boolBuilder(type);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textBuilder(type);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return binaryBuilder(type);
  if (DataType.isList(type) || DataType.isLargeList(type)) return listBuilder(type, make);
  if (DataType.isFixedSizeList(type)) return fixedSizeListBuilder(type, make);
  if (DataType.isMap(type)) return mapBuilder(type, make);
  if (DataType.isStruct(type)) return structBuilder(type, make, unknownMembers);
  throw new Error(`Text spells no values of the type ${typeText(type)}.`);
}
