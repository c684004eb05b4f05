import { escapeText } from './escape-text.ts';

/** Text that is HTML. Made by {@link markup}, so that nothing of it came from data unescaped. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, nothing is written for `undefined`. */
export type Content = string | number | Markup | undefined | readonly Content[];

const made = new WeakSet<object>();

/** HTML that no data is part of, or that a library made and escaped. */
export function asMarkup(markup: string): Markup {
  const value = Object.freeze({ markup });
  made.add(value);
  return value;
}

function textOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escapeText(content);
  if ('markup' in content) {
    // An object read from JSON could have a field of that name.
    if (!made.has(content)) throw new TypeError('Markup must be made by the markup template.');
    return content.markup;
  }
  return content.map(textOf).join('');
}

/** A template of HTML. Values are escaped unless they are {@link Markup}; attributes must be quoted. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return asMarkup(parts.map((part, index) => part + textOf(contents[index])).join(''));
}
