import { Binary, DataType, LargeBinary, LargeUtf8, Utf8, type FixedSizeBinary } from 'apache-arrow';

const isText = (type: DataType) => DataType.isUtf8(type) || DataType.isLargeUtf8(type);
const isBinary = (type: DataType) =>
  DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type);
const isLarge = (type: DataType) => DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);

/** Text with text, bytes with bytes; large if either is. Both must be plain (no views or dictionaries). */
export function agreeOnBytes(one: DataType, other: DataType): DataType | undefined {
  const large = isLarge(one) || isLarge(other);
  if (isText(one) && isText(other)) return large ? new LargeUtf8() : new Utf8();
  if (!isBinary(one) || !isBinary(other)) return undefined;
  if (
    DataType.isFixedSizeBinary(one) &&
    DataType.isFixedSizeBinary(other) &&
    one.byteWidth === (other as FixedSizeBinary).byteWidth
  )
    return one;
  return large ? new LargeBinary() : new Binary();
}
