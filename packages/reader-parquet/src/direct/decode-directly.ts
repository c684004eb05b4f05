import {
  allocateWasmBytes,
  frameCut,
  planHollowCut,
  type Cut,
  type PageHeader,
  type ParquetWasm,
  type WasmBytes,
} from '@riffle/codec-parquet';
import { Data, type DataType } from 'apache-arrow';
import type { SliceSource } from '../decode-slice.ts';
import { decodeByteArrays } from './decode-bytes.ts';
import { decodeList } from './decode-list.ts';
import { directColumns, type DirectColumn } from './direct-columns.ts';
import { directArena } from './direct-memory.ts';
import { areTexts } from './is-text.ts';
import { bytesColumn, type DecodedColumn, type Substitute } from './substitute.ts';
import { validityWithout } from './validity-without.ts';
import { withinMemory } from './within-memory.ts';

interface NumbersConstructor {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): ArrayBufferView;
}

function decodeColumn(
  source: SliceSource,
  direct: DirectColumn,
  pages: readonly PageHeader[],
  bytes: Uint8Array,
): Substitute | undefined {
  const { rowGroup } = source;
  const chunk = rowGroup.chunks[direct.column]!;
  const { rows } = rowGroup;
  const { allocate } = directArena();
  if (direct.kind === 'bytes') {
    const decoded = decodeByteArrays(chunk, pages, bytes, rows, allocate);
    if (decoded === undefined || (direct.isText && !areTexts(decoded))) return undefined;
    return bytesColumn(decoded, rows);
  }
  const { width, emptyLevel } = direct;
  const decoded = decodeList(chunk, pages, bytes, rows, width, { empty: emptyLevel }, allocate);
  if (decoded === undefined) return undefined;
  const { offsets, nulls, elements } = decoded.rows;
  return ({ type }) => {
    const elementType = (type as DataType).children[0]!.type as DataType;
    const { buffer, byteOffset } = decoded.values;
    const numbers = new (elementType.ArrayType as NumbersConstructor)(buffer, byteOffset, elements);
    const element = new Data(elementType, 0, elements, 0, [undefined, numbers, undefined] as never);
    return new Data(type, 0, rows, nulls.length, [offsets, undefined, validityWithout(nulls, rows)] as never, [
      element,
    ]);
  };
}

export interface DirectlyDecoded {
  readonly columns: readonly DecodedColumn[];
  /** The row group without their values, for the codec; in place of the bytes given, which are freed. */
  readonly rest: WasmBytes;
}

/**
 * Decodes the columns of a whole row group for which the codec takes long: lists of numbers, and large byte strings. It takes only what is
 * sound and simple. Undefined otherwise, with nothing changed: then the codec decodes all and says what is wrong.
 * @param bytes the row group as a small file, by the plan `cut`.
 */
export function decodeDirectly(
  wasm: ParquetWasm,
  source: SliceSource,
  cut: Cut,
  bytes: WasmBytes,
): DirectlyDecoded | undefined {
  const { opened, rowGroup, plan } = source;
  const direct = directColumns(opened.footer, opened.schema, opened.leaves, rowGroup);
  if (direct.length === 0) return undefined;
  directArena().reset();
  const view = bytes.view();
  const columns: DecodedColumn[] = [];
  const levels = new Map<number, number>();
  for (const column of direct) {
    const start = cut.chunkOffsets[column.column]!;
    const chunk = view.subarray(start, start + rowGroup.chunks[column.column]!.compressedBytes);
    const substitute = withinMemory(() => decodeColumn(source, column, plan.pages[column.column]!, chunk));
    if (substitute === undefined) continue;
    columns.push({ path: column.path, substitute });
    levels.set(column.column, column.hollowLevel);
  }
  if (columns.length === 0) return undefined;
  const hollow = planHollowCut(opened.footer, rowGroup, cut, levels);
  const rest = allocateWasmBytes(wasm, hollow.length);
  const [from, to] = [bytes.view(), rest.view()];
  for (const { sourceOffset, length, offset } of hollow.pieces)
    to.set(from.subarray(sourceOffset, sourceOffset + length), offset);
  frameCut(hollow, to);
  bytes.free();
  return { columns, rest };
}
