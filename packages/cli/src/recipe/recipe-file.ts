import type { RecipeProblem } from '@riffle/core';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';

/** The text of a recipe file, and what to call it in messages. */
export interface RecipeFile {
  readonly name: string;
  readonly text: string;
}

export interface ParsedRecipeFile {
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly RecipeProblem[];
}

/** Reads YAML 1.2, of which JSON is a part. Reports every syntax error with its line. Keys given twice are errors. */
export function parseRecipeFile({ name, text }: RecipeFile): ParsedRecipeFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, strict: true });
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    const { line, col } = lineCounter.linePos(pos[0]);
    return { place: `${name}:${line}:${col}`, message };
  });
  if (problems.length > 0) return { value: {}, problems };
  if (!isMap(document.contents)) return { value: {}, problems: [{ place: name, message: emptyOrOther(document) }] };
  try {
    keepSeedVerbatim(document);
    return { value: document.toJS() as Record<string, unknown>, problems };
  } catch (error) {
    // Aliases that lead nowhere or multiply without end.
    return { value: {}, problems: [{ place: name, message: error instanceof Error ? error.message : String(error) }] };
  }
}

function emptyOrOther({ contents }: Document): string {
  return contents === null
    ? 'is empty; a recipe names at least collections and output'
    : 'must be a recipe: keys such as collections, output and shards';
}

/** `seed: 007` means the text 007, not the number 7. */
function keepSeedVerbatim(document: Document): void {
  const seed = document.get('seed', true);
  if (isScalar(seed) && typeof seed.value === 'number' && seed.source !== undefined) seed.value = seed.source;
}
