import { JSON_ENDING, KEY, NOTHING, parseJson, type Cell, type MemberPlan } from '@riffle/codec-webdataset';
import { BadContentError } from '@riffle/core';
import { isRaw } from './column-plan.ts';

/** The members of one sample by ending. */
export type Members = ReadonlyMap<string, Uint8Array>;

/** A row by column; without a prototype, since any name may be a column. */
export type Row = Record<string, Cell>;

const damaged = (reason: string) => new BadContentError(reason, { kind: 'damaged' });

function addJson(row: Row, plan: MemberPlan, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) throw damaged('It has no member json.');
  const object = parseJson(bytes);
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw damaged('Its JSON is no object.');
  const names = new Set(plan.jsonColumns.map(({ name }) => name));
  for (const [name, cell] of Object.entries(object)) {
    if (!names.has(name))
      throw damaged(`Its JSON has a member ${JSON.stringify(name.slice(0, 60))}, and no column is called so.`);
    row[name] = cell as Cell;
  }
}

function put(row: Row, path: readonly string[], value: Cell): void {
  let parent: Row = row;
  for (const name of path.slice(0, -1)) {
    const next = Object.hasOwn(parent, name) ? parent[name] : null;
    if (typeof next !== 'object' || next === null || Array.isArray(next) || next instanceof Uint8Array)
      throw damaged(`It has a member for ${path.join('.')}, and ${name} is no object.`);
    parent = next as Row;
  }
  const name = path.at(-1)!;
  if (Object.hasOwn(parent, name)) throw damaged(`It has two values for ${path.join('.')}.`);
  parent[name] = value;
}

/**
 * The values of a sample by column.
 * @throws BadContentError naming the sample
 */
export function sampleCells(key: string, members: Members, plan: MemberPlan): Row {
  const row = Object.create(null) as Row;
  try {
    if (plan.hasKey) row[KEY] = key;
    if (plan.jsonColumns.length > 0) addJson(row, plan, members.get(JSON_ENDING));
    for (const { ending, path, type } of plan.targets) {
      const bytes = members.get(ending);
      if (bytes !== undefined) put(row, path, isRaw(type) ? bytes : parseJson(bytes));
    }
    const known = new Set(plan.targets.map(({ ending }) => ending));
    for (const [ending, bytes] of members) {
      if (known.has(ending) || (ending === JSON_ENDING && plan.jsonColumns.length > 0)) continue;
      if (ending === NOTHING && bytes.length === 0 && members.size === 1) continue;
      throw damaged(`It has a member ${JSON.stringify(ending.slice(0, 60))}, and no column is stored so.`);
    }
    return row;
  } catch (cause) {
    if (!(cause instanceof BadContentError)) throw cause;
    throw new BadContentError(`In the sample ${JSON.stringify(key.slice(0, 200))}: ${cause.reason}`, cause.details, {
      cause,
    });
  }
}
