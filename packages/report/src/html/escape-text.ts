const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, those that reorder what stands beside them or cannot be seen, and halves of surrogate pairs. Tabs and newlines may stay. */
const unprintable =
  // oxlint-disable-next-line no-control-regex -- these are what must not be shown
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** Text from data without what could mislead a reader: such characters become U+FFFD. */
export function printableText(text: string): string {
  return text.replace(unprintable, '\uFFFD');
}

/** Text from data, safe between tags and inside quoted attributes of HTML. */
export function escapeText(text: string): string {
  return printableText(text).replace(/[&<>"']/g, (character) => entities[character]!);
}
