import { DataType } from 'apache-arrow';
import type { Column } from './column.ts';

/**
 * The canonical encoding turns a row into 32-bit words (docs/reference/fingerprint.md): equal logical values give equal words
 * whatever their Arrow layout, and unequal ones of a type give unequal words. `canonical-size.ts` counts them, `canonical-write.ts` writes them.
 */
export function bitmapWords(count: number): number {
  return (count + 31) >>> 5;
}

/** Whether values are written as bytes with a length: so fixed-size binary equals variable-length binary. */
export function hasLength(column: Column): boolean {
  return column.layout.kind === 'bytes' || DataType.isFixedSizeBinary(column.type);
}

/** Words of one value that is not null, if all values of the column take the same; the null type takes none. */
export function steadyWords(column: Column): number | undefined {
  const { layout, children } = column;
  switch (layout.kind) {
    case 'null':
      return 0;
    case 'bits':
      return 1;
    case 'fixed':
      return (hasLength(column) ? 1 : 0) + ((layout.width + 3) >>> 2);
    case 'fixed-list': {
      const words = steadyChild(children[0]!);
      return words === undefined ? undefined : 1 + bitmapWords(layout.size) + layout.size * words;
    }
    case 'struct': {
      const parts = children.map(steadyChild);
      return parts.reduce<number | undefined>(
        (sum, words) => (sum === undefined || words === undefined ? undefined : sum + words),
        bitmapWords(children.length),
      );
    }
    case 'bytes':
    case 'list':
      return undefined;
    default:
      throw new TypeError(`A ${layout.kind} column must be resolved to its values first.`);
  }
}

/** {@link steadyWords} of a field or element: one that can be null takes no words where it is. */
export function steadyChild(child: Column): number | undefined {
  return child.validity === undefined ? steadyWords(child) : undefined;
}

/** First element of row `row` of a list or fixed-size list; that of row + 1 is where it ends. */
export function firstElement({ layout, offsets }: Column, row: number): number {
  return layout.kind === 'fixed-list' ? row * layout.size : offsets![row]!;
}
