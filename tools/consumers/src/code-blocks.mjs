import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './environments.mjs';

/** The examples of a page of documentation, in order: the language and the code of each fenced block. */
export function codeBlocksOf(page) {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/^```(\S*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
  return { text, blocks };
}
