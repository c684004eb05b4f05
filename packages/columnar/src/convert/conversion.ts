import type { JsonValue } from '@riffle/core';

/** How values of one type become values of another. Plain data: made by the treaty, sent to workers, applied there. */
export type Conversion =
  /**
   * The same values. The types may differ in layout (utf8 and large_utf8, binary kinds with the fixed-size one, 32- and 64-bit
   * offsets), in names of fields and elements, in nullability and in the zone of a timestamp, whose ticks stay as they are.
   */
  | { readonly kind: 'keep' }
  /** Null in every row, of any type. */
  | { readonly kind: 'null' }
  /**
   * Without `otherwise`: this value in every row, whatever the source. With it: the source converted so, and this value where the result is null.
   * Scalars are JSON numbers, booleans or text as the conversion `text` reads it (all digits of an int64 or a decimal need text); bytes are
   * base64; lists are arrays; structs are objects by field name, what is missing being null; maps are arrays of `[key, value]`.
   */
  | { readonly kind: 'constant'; readonly value: JsonValue; readonly otherwise?: Conversion }
  /**
   * Integers and floats to another number type; what the target cannot hold exactly is refused. NaN stays NaN: its bits are kept where
   * the target is float64, are shortened to their highest where it is narrower, and a signalling NaN may become quiet. −0 stays, but as an integer it is 0.
   * Booleans to integers and back are 1 and 0.
   */
  | { readonly kind: 'number' }
  /**
   * Decimals and integers to decimals, and decimals to integers. Digits that would be lost, and values beyond the precision, are refused.
   * Decimals to the nearest float and floats to the nearest decimal, refused where going back does not give the same value.
   */
  | { readonly kind: 'decimal' }
  /** Dates, times, timestamps and durations to another unit or width of the same family. Overflow and what is not a whole unit are refused. Zones shift nothing. */
  | { readonly kind: 'time' }
  /** Integer i becomes `map[i]`. −1 (no label) stays; what is outside the map is refused. */
  | { readonly kind: 'labels'; readonly map: readonly number[] }
  /** Integer i becomes the text `names[i]`, −1 (no label) becomes null; what is outside is refused. */
  | { readonly kind: 'label-names'; readonly names: readonly string[] }
  /** The text `names[i]` becomes the integer i, of equal names the lowest; a text that is none of them is refused. */
  | { readonly kind: 'label-numbers'; readonly names: readonly string[] }
  /**
   * Numbers, booleans, dates, times, timestamps and decimals to text or back; text to binary of any kind, and binary to text if it is UTF-8. The whole text must match, so
   * what is printed is read back as the same value. Instants are printed in UTC, with `Z`; a timestamp with a zone wants an offset in its text, one without none.
   */
  | { readonly kind: 'text' }
  /** Lists of any kind to lists of any kind. A fixed-size target refuses other lengths. */
  | { readonly kind: 'list'; readonly element: Conversion }
  /** Target field i comes from the source's field `source`; undefined with `null` and with a plain `constant`. */
  | {
      readonly kind: 'struct';
      readonly fields: readonly { readonly source: number | undefined; readonly conversion: Conversion }[];
    }
  | { readonly kind: 'map'; readonly key: Conversion; readonly value: Conversion };

/** One column of the target from the columns of a source. */
export interface ColumnConversion {
  /** Index of the source's column; undefined with `null` and with a plain `constant`. */
  readonly source: number | undefined;
  readonly conversion: Conversion;
}
