import { isUtf8 } from 'node:buffer';
import {
  bytesOf,
  integerText,
  isKey,
  isPresent,
  isText,
  JSON_ENDING,
  KEY,
  NOTHING,
  STEP,
  structText,
  type MemberPlan,
  type MemberTarget,
} from '@riffle/codec-webdataset';
import { columnsOfBatch, type Column } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import { DataType, type RecordBatch } from 'apache-arrow';

/** A file of a sample. */
export interface SampleMember {
  readonly ending: string;
  /** Perhaps a view of the batch. */
  readonly bytes: Uint8Array;
}

const unsupported = (message: string, column: string) => new RiffleError('UNSUPPORTED_CONTENT', message, { column });

/** The bytes of a target in a row; undefined for null, of itself or above it. */
function bytesOfTarget({ path, type }: MemberTarget, top: Column): (row: number) => Uint8Array | undefined {
  const above: Column[] = [];
  let column = top;
  for (const name of path.slice(1)) {
    above.push(column);
    column = column.children[(column.type as DataType).children.findIndex((field) => field.name === name)]!;
  }
  const digits = DataType.isInt(type) ? integerText(column) : undefined;
  return (row) => {
    if (!above.every((parent) => isPresent(parent, row)) || !isPresent(column, row)) return undefined;
    if (digits !== undefined) return Buffer.from(digits(row));
    const bytes = bytesOf(column, row);
    if (isText(type) && !isUtf8(bytes))
      throw unsupported(
        `Column ${path.join('.')} holds a text that is not UTF-8. Cast it to binary, or mend the source.`,
        path.join('.'),
      );
    return bytes;
  };
}

/** The members of each row of a batch, in the plan's order, `json` last; at least one. */
export function membersOfRows(batch: RecordBatch, plan: MemberPlan): (row: number) => readonly SampleMember[] {
  const { columns } = columnsOfBatch(batch);
  const columnOf = (name: string) => columns[plan.schema.fields.findIndex((field) => field.name === name)]!;
  const targets = plan.targets.map((target) => ({
    ending: target.ending,
    bytes: bytesOfTarget(target, columnOf(target.path[0]!)),
  }));
  const leftOut = new Set(plan.targets.map(({ path }) => path.join(STEP)));
  const json = structText(
    plan.jsonColumns,
    plan.jsonColumns.map(({ name }) => columnOf(name)),
    '',
    leftOut,
  );
  return (row) => {
    const members: SampleMember[] = [];
    for (const { ending, bytes } of targets) {
      const found = bytes(row);
      if (found !== undefined) members.push({ ending, bytes: found });
    }
    if (plan.jsonColumns.length > 0) members.push({ ending: JSON_ENDING, bytes: Buffer.from(json(row)) });
    return members.length > 0 ? members : [{ ending: NOTHING, bytes: Buffer.alloc(0) }];
  };
}

/** The keys of a batch's rows as the column has them; undefined if there is none. @throws RiffleError for a text that is no key */
export function keysOfRows(batch: RecordBatch, plan: MemberPlan): ((row: number) => string) | undefined {
  if (!plan.hasKey) return undefined;
  const column = columnsOfBatch(batch).columns[plan.schema.fields.findIndex(({ name }) => name === KEY)]!;
  return (row) => {
    const bytes = isPresent(column, row) ? bytesOf(column, row) : Buffer.alloc(0);
    const key = bytes.toString('utf8');
    if (!isUtf8(bytes) || !isKey(key))
      throw unsupported(
        `Column ${KEY} holds ${JSON.stringify(key.slice(0, 200))}, which is no key of a sample: no dot behind the last slash, not empty, no control characters. Rename the column, and keys are made.`,
        KEY,
      );
    return key;
  };
}
