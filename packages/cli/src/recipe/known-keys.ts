import { recipeSchema } from '@riffle/core/recipe';
import { closest, distance } from 'fastest-levenshtein';
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
  // People write the flags' spelling too.
  const plain = key.replace(/[-_ ]/g, '').toLowerCase();
  const nearest =
    known.length === 0 ? undefined : (known.find((name) => name.toLowerCase() === plain) ?? closest(key, known));
  const near = nearest !== undefined && distance(nearest.toLowerCase(), plain) <= Math.max(2, nearest.length / 3);
  return near ? `is not a known key; did you mean ${nearest}?` : `is not a known key; known are ${known.join(', ')}`;
}
