import type { ParquetWasm } from '@riffle/codec-parquet';
import { arrowBytes, batchOfColumns } from '@riffle/columnar';
import type { JsonValue, TuningOptions, TuningSample } from '@riffle/core';
import { RecordBatch, Schema } from 'apache-arrow';
import { defaultEncoding } from '../leaf-encoding.ts';
import { leavesOfField } from '../leaves.ts';
import { projectSchema } from '../project.ts';
import { deferredLimit, MAXIMUM_ROWS } from '../row-group.ts';
import type { Template } from '../template.ts';
import { tuningToJson } from '../tuning.ts';
import { tryEncodings } from './candidates.ts';
import { chooseEncodings, type LeafChoices } from './choose.ts';
import { createPool, type Pool } from './pool.ts';
import { sourceBytesPerRow } from './source-size.ts';

/** Arrow data of one leaf that encodings are tried on; less where there are many leaves, so that tuning stays short. */
const LEAF_BYTES = 2 ** 21;
const ALL_BYTES = 24 * 2 ** 20;
const LEAST_LEAF_BYTES = 2 ** 16;
/** To learn how wide a row is. */
const PROBE_ROWS = 64;
/** Rows of the pool that hold about `bytes` of one column's leaf. */
function leafSample(
  pool: Pool,
  field: Schema['fields'][number],
  column: number,
  leaf: number,
  bytes: number,
): RecordBatch {
  const schema = new Schema([field]);
  const projection = projectSchema(schema, (index) => index === leaf);
  const project = (rows: number): RecordBatch => projection.project(batchOfColumns(schema, pool.take([column], rows)));
  const probe = project(PROBE_ROWS);
  const rows = Math.floor((bytes * probe.numRows) / Math.max(1, arrowBytes(probe)));
  return rows <= probe.numRows ? probe.slice(0, Math.max(1, rows)) : project(rows);
}

/** Rows that one dictionary of a leaf will be for, with `leafBytes` and `allBytes` of Arrow data in a row. */
function dictionaryRows(
  { rowGroupBytes, rowsPerShard }: TuningOptions,
  leafRowBytes: number,
  allRowBytes: number,
): number {
  return Math.min(
    MAXIMUM_ROWS,
    rowsPerShard,
    rowGroupBytes / Math.max(1, allRowBytes),
    deferredLimit(rowGroupBytes) / Math.max(1, leafRowBytes),
  );
}

/** Chooses an encoding for every leaf by encoding a mixed sample of it. Deterministic: sizes and constants decide, no clock. */
export function tuneLeaves(
  wasm: ParquetWasm,
  { leaves }: Template,
  samples: readonly TuningSample[],
  options: TuningOptions,
): JsonValue {
  const { schema, compression, profile } = options;
  const used = samples.filter(({ batch, rows }) => batch.numRows > 0 && rows > 0);
  const choices: LeafChoices[] = [];
  if (used.length > 0) {
    const pool = createPool(used);
    const sources = sourceBytesPerRow(used, schema);
    const bytes = Math.max(LEAST_LEAF_BYTES, Math.min(LEAF_BYTES, Math.floor(ALL_BYTES / leaves.length)));
    const everyColumn = schema.fields.map((_, index) => index);
    const probe = batchOfColumns(schema, pool.take(everyColumn, PROBE_ROWS));
    const rowBytes = arrowBytes(probe) / probe.numRows;
    for (const [column, field] of schema.fields.entries()) {
      for (let leaf = 0; leaf < leavesOfField(field).length; leaf++) {
        const sample = leafSample(pool, field, column, leaf, bytes);
        const rows = dictionaryRows(options, arrowBytes(sample) / sample.numRows, rowBytes);
        const candidates = tryEncodings(wasm, sample, compression, profile, rows);
        choices.push({ candidates, sourceBytes: sources[choices.length] });
      }
    }
  }
  const chosen = chooseEncodings(choices, profile);
  return tuningToJson(leaves.map(({ path }, index) => ({ path, ...(chosen[index] ?? defaultEncoding) })));
}
