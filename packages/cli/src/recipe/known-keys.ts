import { nearestWord } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import * as z from 'zod';

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/** The keys that the schema knows in the object at `path`. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const root = z.toJSONSchema(recipeSchema, { io: 'input', unrepresentable: 'any' }) as Node;
  const node = path.reduce<Node | undefined>(
    (current, segment) => (typeof segment === 'number' ? current?.items : current?.properties?.[String(segment)]),
    root,
  );
  return Object.keys(node?.properties ?? {});
}

/** Why a key is refused, with the nearest known one, or all of them if none is near. */
export function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const known = knownKeys(path);
  const nearest = nearestWord(key, known);
  if (nearest !== undefined) return `is not a known key; did you mean ${nearest}?`;
  return `is not a known key; known are ${known.join(', ')}`;
}
