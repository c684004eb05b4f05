import { readVarint, type ByteCursor } from './byte-cursor.ts';

/** Rows of a list column while its pages are gone through. */
export interface ListRows {
  /** `rows + 1` numbers: where each row's elements begin, and at last where they end. */
  readonly offsets: Int32Array;
  readonly rows: number;
  /** Rows begun. */
  begun: number;
  elements: number;
  /** Numbers of the rows that are null. */
  readonly nulls: number[];
}

/** Goes through the repetition levels of a page whose every level is an element. */
export function addElements(list: ListRows, cursor: ByteCursor, count: number): boolean {
  const { view, end } = cursor;
  const { offsets, rows } = list;
  let { begun, elements } = list;
  for (let done = 0; done < count;) {
    const header = readVarint(cursor);
    if (header === undefined || header < 2) return false;
    const length = Math.floor(header / 2);
    if (header % 2 === 0) {
      if (cursor.at >= end) return false;
      const level = view.getUint8(cursor.at++);
      const taken = Math.min(length, count - done);
      if (level > 1 || (level === 1 && begun === 0)) return false;
      if (level === 0) {
        if (begun + taken > rows) return false;
        for (let index = 0; index < taken; index++) offsets[begun++] = elements + index;
      }
      elements += taken;
      done += taken;
      continue;
    }
    if (cursor.at + length > end) return false;
    const taken = Math.min(length * 8, count - done);
    for (let index = 0; index < taken; index++) {
      if (((view.getUint8(cursor.at + (index >> 3)) >> (index & 7)) & 1) === 0) {
        if (begun === rows) return false;
        offsets[begun++] = elements;
      } else if (begun === 0) return false;
      elements++;
    }
    cursor.at += length;
    done += taken;
  }
  list.begun = begun;
  list.elements = elements;
  return true;
}

/**
 * The same where some rows may be null or empty.
 * @param repetition a byte for each level, `definition` likewise.
 * @param empty the definition level of an empty list; below it the list is null. An element has the highest, `whole`; between them are null elements,
 *   which are not taken.
 */
export function addRows(
  list: ListRows,
  repetition: Uint8Array,
  definition: Uint8Array,
  empty: number,
  whole: number,
): boolean {
  const { offsets, rows, nulls } = list;
  for (let index = 0; index < repetition.length; index++) {
    const level = definition[index]!;
    if (repetition[index] === 0) {
      if (list.begun === rows) return false;
      if (level < empty) nulls.push(list.begun);
      offsets[list.begun++] = list.elements;
    } else if (list.begun === 0 || level <= empty) return false;
    if (level === whole) list.elements++;
    else if (level > empty) return false;
  }
  return true;
}
