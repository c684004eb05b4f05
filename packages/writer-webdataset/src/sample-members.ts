import { isUtf8 } from 'node:buffer';
import { structText } from '@riffle/codec-text';
import { isKey, isText, JSON_ENDING, KEY, NOTHING, type MemberPlan, type MemberTarget } from '@riffle/codec-webdataset';
import { RiffleError } from '@riffle/core';
import type { Data, DataType, RecordBatch, Schema } from 'apache-arrow';
import { isPresent, plainBytes } from './plain-values.ts';
import { withoutMembers } from './without-members.ts';

/** A file of a sample. */
export interface SampleMember {
  readonly ending: string;
  /** Perhaps a view of the batch. */
  readonly bytes: Uint8Array;
}

const unsupported = (message: string, column: string) => new RiffleError('UNSUPPORTED_CONTENT', message, { column });

const columnsOf = (batch: RecordBatch) => batch.data.children as readonly Data[];
const placeOf = ({ fields }: Schema, column: string) => fields.findIndex(({ name }) => name === column);

/** The bytes of a target in a row; undefined for null, of itself or above it. */
function bytesOfTarget({ path, type }: MemberTarget, top: Data): (row: number) => Uint8Array | undefined {
  const above: Data[] = [];
  let column = top;
  for (const name of path.slice(1)) {
    above.push(column);
    const place = (column.type as DataType).children.findIndex((field) => field.name === name);
    column = (column.children as readonly Data[])[place]!;
  }
  return (row) => {
    if (!above.every((parent) => isPresent(parent, row)) || !isPresent(column, row)) return undefined;
    const bytes = plainBytes(column, row);
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
  const { schema, jsonColumns } = plan;
  const columns = columnsOf(batch);
  const targets = plan.targets.map((target) => ({
    ending: target.ending,
    bytes: bytesOfTarget(target, columns[placeOf(schema, target.path[0]!)]!),
  }));
  const rest = withoutMembers(
    { fields: jsonColumns, children: jsonColumns.map(({ name }) => columns[placeOf(schema, name)]!) },
    plan.targets.map(({ path }) => path),
  );
  const json = structText(rest.fields, rest.children, '');
  return (row) => {
    const members: SampleMember[] = [];
    for (const { ending, bytes } of targets) {
      const found = bytes(row);
      if (found !== undefined) members.push({ ending, bytes: found });
    }
    if (jsonColumns.length > 0) members.push({ ending: JSON_ENDING, bytes: Buffer.from(json(row)) });
    return members.length > 0 ? members : [{ ending: NOTHING, bytes: Buffer.alloc(0) }];
  };
}

/** The keys of a batch's rows as the column has them; undefined if there is none. @throws RiffleError for a text that is no key */
export function keysOfRows(batch: RecordBatch, { hasKey, schema }: MemberPlan): ((row: number) => string) | undefined {
  if (!hasKey) return undefined;
  const column = columnsOf(batch)[placeOf(schema, KEY)]!;
  return (row) => {
    const bytes = isPresent(column, row) ? plainBytes(column, row) : Buffer.alloc(0);
    const key = bytes.toString('utf8');
    if (!isUtf8(bytes) || !isKey(key))
      throw unsupported(
        `Column ${KEY} holds ${JSON.stringify(key.slice(0, 200))}, which is no key of a sample: no dot behind the last slash, not empty, no control characters. Rename the column, and keys are made.`,
        KEY,
      );
    return key;
  };
}
