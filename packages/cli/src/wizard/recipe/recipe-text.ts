import { isDeepStrictEqual } from 'node:util';
import { recipeSchema } from '@riffle/core/recipe';
import { Document, isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap } from 'yaml';
import type { RecipeValues } from '../../recipe/set-value.ts';
import { keyComment } from './comments.ts';

/** The file that is edited. */
export interface OriginalRecipe {
  readonly text: string;
  /** Its values as they were understood. */
  readonly values: Readonly<RecipeValues>;
}

const order = Object.keys(recipeSchema.shape);
const known = (key: string) => order.indexOf(key) + 1 || order.length + 1;

/**
 * A recipe as the text of a file. A new one explains each key; of one that is edited, all that does not change stays as it is, comments
 * and unknown keys included.
 *
 * @param json whether the file is JSON, which has no comments
 */
export function recipeText(
  values: Readonly<RecipeValues>,
  original: OriginalRecipe | undefined,
  json: boolean,
): string {
  if (original !== undefined && isDeepStrictEqual(values, original.values)) return original.text;
  if (json) return `${JSON.stringify(values, undefined, 2)}\n`;
  const document = original === undefined ? newDocument() : parseDocument(original.text);
  const before = original?.values ?? {};
  for (const key of new Set(
    [...Object.keys(before), ...Object.keys(values)].sort((one, other) => known(one) - known(other)),
  )) {
    if (!Object.hasOwn(values, key)) document.delete(key);
    else if (!Object.hasOwn(before, key)) addKey(document, key, values[key]);
    else if (!isDeepStrictEqual(before[key], values[key])) setKey(document, key, before[key], values[key]);
  }
  return document.toString({ lineWidth: 0 });
}

function newDocument(): Document {
  const document = new Document({});
  document.commentBefore =
    ' Written by `riffle init`, which can edit it again. `riffle run` with the name of this file runs it.';
  return document;
}

function addKey(document: Document, key: string, value: unknown): void {
  const pair = document.createPair(key, value) as Pair<Node, Node>;
  const comment = keyComment(key);
  if (comment !== undefined) pair.key.commentBefore = comment;
  const map = document.contents as YAMLMap;
  // Below the comment at its start, a document has an empty line anyway.
  if (map.items.length > 0) pair.key.spaceBefore = true;
  map.add(pair);
}

/** Changes a value in place: comments beside it stay. */
function setKey(document: Document, key: string, before: unknown, value: unknown): void {
  const node = document.get(key, true);
  if (key === 'collections' && isSeq(node) && Array.isArray(value)) {
    const items = [...node.items];
    const paths = (before as readonly unknown[]).map((collection) => (collection as RecipeValues | null)?.['path']);
    node.items = (value as readonly RecipeValues[]).map((collection) => {
      const item = items[paths.indexOf(collection['path'])];
      if (!isMap(item)) return document.createNode(collection);
      for (const [name, text] of Object.entries(collection)) if (item.get(name) !== text) item.set(name, text);
      return item;
    });
  } else if (isScalar(node) && (typeof value !== 'object' || value === null)) {
    node.value = value;
    // How the old value was written says nothing of the new one.
    delete node.source;
  } else {
    document.set(key, document.createNode(value));
  }
}
