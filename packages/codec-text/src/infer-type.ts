import { Bool, DataType, Field, Float64, Int64, List, Null, Schema, Struct, Uint64, Utf8 } from 'apache-arrow';
import { isObject, NumberText, type Cell } from './cell.ts';
import { below, ValueProblem } from './value-problem.ts';

/** What is known of the values at one place. `line` is that of the first value that was not null. */
type Known =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool' | 'float' | 'text'; readonly line: number }
  | { readonly kind: 'integer'; readonly line: number; low: bigint; high: bigint }
  | { readonly kind: 'list'; readonly line: number; items: Known }
  | { readonly kind: 'object'; readonly line: number; readonly members: Map<string, Known> };

/** Looks at rows, in order, and says which columns they have. */
export interface TypeInference {
  /** @throws ValueProblem if values that no one type holds stand at one place. */
  add(row: { readonly [name: string]: Cell }, line: number): void;
  /** All columns nullable, in the order in which they came first; `null` where nothing else was seen. */
  schema(): Schema;
}

const deepest = 100;
const words: Readonly<Record<Known['kind'], string>> = {
  null: 'null',
  bool: 'a bool',
  integer: 'a whole number',
  float: 'a number',
  text: 'a text',
  list: 'a list',
  object: 'an object',
};

function kindOf(cell: Exclude<Cell, null>): Exclude<Known['kind'], 'null'> {
  if (typeof cell === 'boolean') return 'bool';
  if (typeof cell === 'string') return 'text';
  if (typeof cell === 'bigint') return 'integer';
  if (cell instanceof NumberText) return 'float';
  if (typeof cell === 'number') return Number.isSafeInteger(cell) && !Object.is(cell, -0) ? 'integer' : 'float';
  return Array.isArray(cell) ? 'list' : 'object';
}

function start(kind: Exclude<Known['kind'], 'null'>, line: number): Known {
  if (kind === 'integer') return { kind, line, low: 0n, high: 0n };
  if (kind === 'list') return { kind, line, items: { kind: 'null' } };
  if (kind === 'object') return { kind, line, members: new Map() };
  return { kind, line };
}

function learn(known: Known, cell: Cell, line: number, depth: number): Known {
  if (cell === null) return known;
  if (depth > deepest) throw new ValueProblem(`values nest more than ${deepest} levels deep`);
  const kind = kindOf(cell);
  const before: Known = known.kind === 'null' ? start(kind, line) : known;
  if (before.kind === 'float' && kind === 'integer') return before;
  if (before.kind === 'integer' && kind === 'float') return { kind: 'float', line: before.line };
  if (before.kind !== kind)
    throw new ValueProblem(
      `${words[kind]} stands where line ${'line' in before ? before.line : line} has ${words[before.kind]}; give the column’s type, or mend the line`,
    );
  if (before.kind === 'integer') {
    const value = BigInt(cell as number | bigint);
    if (value < before.low) before.low = value;
    if (value > before.high) before.high = value;
    if (before.low < -(2n ** 63n) || before.high >= (before.low < 0n ? 2n ** 63n : 2n ** 64n))
      throw new ValueProblem(`${value} is beyond what 64 bits hold; give the column’s type, such as decimal128(38, 0)`);
  }
  if (before.kind === 'list')
    for (const item of cell as readonly Cell[]) before.items = learn(before.items, item, line, depth + 1);
  if (before.kind === 'object' && isObject(cell)) learnMembers(before.members, cell, line, depth);
  return before;
}

function learnMembers(
  members: Map<string, Known>,
  row: { readonly [name: string]: Cell },
  line: number,
  depth: number,
) {
  for (const [name, cell] of Object.entries(row)) {
    try {
      members.set(name, learn(members.get(name) ?? { kind: 'null' }, cell, line, depth + 1));
    } catch (problem) {
      throw below(problem, name);
    }
  }
}

function typeOf(known: Known): DataType {
  switch (known.kind) {
    case 'null':
      return new Null();
    case 'bool':
      return new Bool();
    case 'integer':
      return known.high >= 2n ** 63n ? new Uint64() : new Int64();
    case 'float':
      return new Float64();
    case 'text':
      return new Utf8();
    case 'list':
      return new List(new Field('item', typeOf(known.items), true));
    case 'object':
      return new Struct(fieldsOf(known.members));
  }
}

const fieldsOf = (members: ReadonlyMap<string, Known>): Field[] =>
  [...members].map(([name, known]) => new Field(name, typeOf(known), true));

/** @param leftOut Columns whose types are known already. */
export function createTypeInference(leftOut: ReadonlySet<string>): TypeInference {
  const members = new Map<string, Known>();
  return {
    add(row, line) {
      const known = Object.keys(row).some((name) => leftOut.has(name));
      const rest = known ? Object.fromEntries(Object.entries(row).filter(([name]) => !leftOut.has(name))) : row;
      // A column that is known stands where it came first, all the same.
      for (const name of known ? Object.keys(row) : []) if (!members.has(name)) members.set(name, { kind: 'null' });
      learnMembers(members, rest, line, 0);
    },
    schema: () => new Schema(fieldsOf(members)),
  };
}
