import { typeText } from '@riffle/columnar';
import { DataType, type Field, type Schema } from 'apache-arrow';

/** A column that text cannot hold so that it comes back the same. */
export interface Unspelled {
  /** Names from the column down, joined by points. */
  readonly column: string;
  /** A sentence that names the column, why, and what to do. */
  readonly reason: string;
}

function isSpelled(type: DataType): boolean {
  return !(
    DataType.isDictionary(type) ||
    DataType.isInterval(type) ||
    DataType.isUnion(type) ||
    DataType.isUtf8View(type) ||
    DataType.isBinaryView(type)
  );
}

function findIn(fields: readonly Field[], path: string): Unspelled | undefined {
  const seen = new Set<string>();
  for (const { name, type } of fields) {
    const column = path === '' ? name : `${path}.${name}`;
    if (seen.has(name))
      return { column, reason: `Two fields are called ${column}, which names alone cannot tell apart; rename one.` };
    seen.add(name);
    // The parser that keeps long numbers would take it for the prototype of objects.
    if (name === '__proto__') return { column, reason: `A field may not be called ${column}; rename it.` };
    if (!isSpelled(type as DataType))
      return {
        column,
        reason: `Column ${column} is ${typeText(type as DataType)}, which text does not spell; cast it to another type, or choose another format.`,
      };
    const below = findIn(((type as DataType).children ?? []) as Field[], column);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The first column, with all below it, that is of a type that text does not spell, or is called as another one or `__proto__`. */
export function findUnspelled({ fields }: Schema): Unspelled | undefined {
  return findIn(fields, '');
}
