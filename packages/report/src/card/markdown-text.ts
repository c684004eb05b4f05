import { printableText } from '../html/escape-text.ts';

/** Text from data as text of Markdown: in one line, and none of it is markup, of Markdown or of HTML. */
export function markdownText(text: string): string {
  return printableText(text)
    .replace(/\s+/g, ' ')
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!)
    .replace(/[\\`*_{}[\]()|~$:]/g, '\\$&');
}

/** A word of a POSIX shell, for people to copy. */
export function shellWord(text: string): string {
  const line = printableText(text).replace(/\s/g, ' ');
  return /^[\w@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", `'\\''`)}'`;
}

/** Lines between fences that none of them can close. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
