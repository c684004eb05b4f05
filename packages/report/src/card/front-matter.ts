import { Document, isScalar, visit } from 'yaml';
import type { YamlValue } from './yaml-features.ts';

/**
 * Characters that YAML or Python's `splitlines` take for the end of a line, or that PyYAML refuses unescaped. In names of columns they are possible.
 */
// oxlint-disable-next-line no-control-regex -- these are what must not stand in the text as they are
const toEscape = /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** YAML that version 1.1 reads as well, as PyYAML does: `yes`, `1_000` and `12:30` are quoted where they are text. */
export function frontMatter(values: ReadonlyMap<string, YamlValue>): string {
  const document = new Document(values, {
    version: '1.1',
    // Maps of JavaScript are ordered; YAML's ordered maps are something else.
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:omap'),
  });
  visit(document, {
    Scalar(_, node) {
      // Only there can escapes stand.
      if (
        isScalar(node) &&
        typeof node.value === 'string' &&
        (/[\r\n]/.test(node.value) || node.value.match(toEscape) !== null)
      )
        node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString({ lineWidth: 0, directives: false, indentSeq: false });
  const escaped = text.replace(toEscape, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `---\n${escaped}---\n`;
}
