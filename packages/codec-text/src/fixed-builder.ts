import type { DataType } from 'apache-arrow';
import type { Builder } from './builder.ts';
import type { Cell } from './cell.ts';
import { makeAny } from './make-any.ts';
import { createValidity } from './validity.ts';

/** Puts one value into `view` at byte `at`. @throws ValueProblem */
export type Store = (view: DataView, at: number, cell: Exclude<Cell, null>) => void;

/** A column whose values all take `width` bytes. */
export function fixedBuilder(type: DataType, width: number, store: Store): Builder {
  const validity = createValidity();
  let view = new DataView(new ArrayBuffer(64 * width));

  function place(valid: boolean): number {
    const at = validity.push(valid) * width;
    if (at === view.byteLength) {
      const larger = new Uint8Array(view.byteLength * 2);
      larger.set(new Uint8Array(view.buffer));
      view = new DataView(larger.buffer);
    }
    return at;
  }

  return {
    append(cell) {
      const at = place(true);
      store(view, at, cell);
    },
    appendNull: () => void place(false),
    finish() {
      const taken = validity.take();
      const bytes = new Uint8Array(view.buffer, 0, taken.length * width);
      const { ArrayType } = type as { ArrayType: { new (buffer: ArrayBuffer): ArrayBufferView } };
      const data = new ArrayType(bytes.slice().buffer);
      view = new DataView(new ArrayBuffer(64 * width));
      return makeAny({ type, ...taken, data });
    },
  };
}
