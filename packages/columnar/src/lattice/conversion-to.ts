import { DataType, type Field } from 'apache-arrow';
import type { Conversion } from '../convert/conversion.ts';
import { sameType } from '../same-type.ts';

const isNumber = (type: DataType) => DataType.isInt(type) || DataType.isFloat(type);
const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
const childrenOf = (type: DataType) => (type.children ?? []) as Field[];
const typeOf = (field: Field) => field.type as DataType;

const keep: Conversion = { kind: 'keep' };

/** The conversion of a struct: each target field from the source's next field of its name. */
function structConversion(source: DataType, target: DataType): Conversion {
  const used = new Set<number>();
  const fields = childrenOf(target).map((field) => {
    const at = childrenOf(source).findIndex(({ name }, index) => name === field.name && !used.has(index));
    if (at < 0) return { source: undefined, conversion: { kind: 'null' } as const };
    used.add(at);
    return { source: at, conversion: conversionTo(typeOf(childrenOf(source)[at]!), typeOf(field)) };
  });
  const same = fields.length === childrenOf(source).length;
  return same && fields.every(({ source: from, conversion }, index) => from === index && conversion.kind === 'keep')
    ? keep
    : { kind: 'struct', fields };
}

function mapConversion(source: DataType, target: DataType): Conversion {
  const [key, value] = [0, 1].map((index) =>
    conversionTo(
      typeOf(childrenOf(typeOf(childrenOf(source)[0]!))[index]!),
      typeOf(childrenOf(typeOf(childrenOf(target)[0]!))[index]!),
    ),
  );
  return key!.kind === 'keep' && value!.kind === 'keep' ? keep : { kind: 'map', key: key!, value: value! };
}

/**
 * How values of `source` become values of `target`, a type that {@link agreeOnFields} gave for it and others. Both must be plain.
 * @throws RangeError if it is none
 */
export function conversionTo(source: DataType, target: DataType): Conversion {
  if (DataType.isNull(source) && !DataType.isNull(target)) return { kind: 'null' };
  if (isList(source) && isList(target)) {
    const element = conversionTo(typeOf(childrenOf(source)[0]!), typeOf(childrenOf(target)[0]!));
    const fixed = DataType.isFixedSizeList(source) !== DataType.isFixedSizeList(target);
    return element.kind === 'keep' && !fixed ? keep : { kind: 'list', element };
  }
  if (DataType.isStruct(source) && DataType.isStruct(target)) return structConversion(source, target);
  if (DataType.isMap(source) && DataType.isMap(target)) return mapConversion(source, target);
  if (sameType(source, target)) return keep;
  if (isNumber(source) && isNumber(target)) return { kind: 'number' };
  if (DataType.isDecimal(target) && (DataType.isDecimal(source) || DataType.isInt(source))) return { kind: 'decimal' };
  for (const family of [DataType.isDate, DataType.isTime, DataType.isTimestamp, DataType.isDuration])
    if (family(source) && family(target)) return { kind: 'time' };
  if (isBytes(source) && isBytes(target)) return keep;
  if (isText(source) && isText(target)) return keep;
  throw new RangeError(`There is no conversion from ${String(source)} to ${String(target)} that keeps the meaning.`);
}

function isText(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type);
}

function isBytes(type: DataType): boolean {
  return DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type);
}
