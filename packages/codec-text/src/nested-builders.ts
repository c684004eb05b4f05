import type { DataType, Field, FixedSizeList, Map_ } from 'apache-arrow';
import { appendTo, type Builder, type MakeBuilder } from './builder.ts';
import { isObject, type Cell } from './cell.ts';
import { makeAny } from './make-any.ts';
import { offsetsOf } from './simple-builders.ts';
import { createValidity } from './validity.ts';
import { below, noValue, ValueProblem } from './value-problem.ts';

/** What becomes of members that no field is called like. */
export type UnknownMembers = 'refuse' | 'ignore';

function appendItems(builder: Builder, field: Field, items: readonly Cell[]): void {
  for (const [index, item] of items.entries()) {
    try {
      appendTo(builder, field, item);
    } catch (problem) {
      throw below(problem, `[${index}]`);
    }
  }
}

export function listBuilder(type: DataType, make: MakeBuilder): Builder {
  const field = type.children[0] as Field;
  const child = make(field.type as DataType);
  const validity = createValidity();
  let lengths: number[] = [];
  return {
    append(cell) {
      if (!Array.isArray(cell)) throw noValue(cell as Cell, 'list');
      appendItems(child, field, cell as readonly Cell[]);
      validity.push(true);
      lengths.push(cell.length);
    },
    appendNull() {
      validity.push(false);
      lengths.push(0);
    },
    finish() {
      const valueOffsets = offsetsOf(type, lengths, lengths.length);
      lengths = [];
      return makeAny({ type, ...validity.take(), valueOffsets, child: child.finish() });
    },
  };
}

export function fixedSizeListBuilder(type: FixedSizeList, make: MakeBuilder): Builder {
  const field = type.children[0] as Field;
  const child = make(field.type as DataType);
  const validity = createValidity();
  return {
    append(cell) {
      if (!Array.isArray(cell)) throw noValue(cell as Cell, 'list');
      if (cell.length !== type.listSize)
        throw new ValueProblem(`a list has ${cell.length} elements instead of ${type.listSize}`);
      appendItems(child, field, cell as readonly Cell[]);
      validity.push(true);
    },
    appendNull() {
      for (let index = 0; index < type.listSize; index++) child.appendNull();
      validity.push(false);
    },
    finish: () => makeAny({ type, ...validity.take(), child: child.finish() }),
  };
}

/** A map is a list of objects with key and value, as pyarrow reads it, since keys need be neither texts nor distinct; an object is taken, too. */
export function mapBuilder(type: Map_, make: MakeBuilder): Builder {
  const entries = type.children[0] as Field;
  const child = make(entries.type as DataType);
  const [keyName, valueName] = (entries.type.children as Field[]).map(({ name }) => name) as [string, string];
  const validity = createValidity();
  let lengths: number[] = [];
  return {
    append(cell) {
      if (!Array.isArray(cell) && !isObject(cell)) throw noValue(cell, 'map');
      const items = Array.isArray(cell)
        ? (cell as readonly Cell[])
        : Object.entries(cell).map(([key, value]) => ({ [keyName]: key, [valueName]: value as Cell }));
      appendItems(child, entries, items);
      validity.push(true);
      lengths.push(items.length);
    },
    appendNull() {
      validity.push(false);
      lengths.push(0);
    },
    finish() {
      const valueOffsets = offsetsOf(type, lengths, lengths.length);
      lengths = [];
      return makeAny({ type, ...validity.take(), valueOffsets, child: child.finish() });
    },
  };
}

export function structBuilder(type: DataType, make: MakeBuilder, unknownMembers: UnknownMembers): Builder {
  const fields = type.children as Field[];
  const names = fields.map(({ name }) => name);
  // What every object inherits must not be taken for a member: `toString` may be a column.
  const inherited = names.map((name) => name in Object.prototype);
  const children = fields.map((field) => make(field.type as DataType));
  const known = new Set(names);
  const validity = createValidity();
  return {
    append(cell) {
      if (!isObject(cell)) throw noValue(cell, 'object');
      let found = 0;
      for (const [index, child] of children.entries()) {
        const name = names[index]!;
        const member = inherited[index] && !Object.hasOwn(cell, name) ? undefined : cell[name];
        if (member !== undefined) found++;
        try {
          appendTo(child, fields[index]!, member);
        } catch (problem) {
          throw below(problem, name);
        }
      }
      validity.push(true);
      if (unknownMembers === 'ignore') return;
      let members = 0;
      for (const _ in cell) members++;
      if (members === found) return;
      const unknown = Object.keys(cell).find((name) => !known.has(name))!;
      throw new ValueProblem(`no column is called ${JSON.stringify(unknown)}`);
    },
    appendNull() {
      for (const child of children) child.appendNull();
      validity.push(false);
    },
    finish: () => makeAny({ type, ...validity.take(), children: children.map((child) => child.finish()) }),
  };
}
