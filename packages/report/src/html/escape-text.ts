const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from data, safe between tags and inside quoted attributes of HTML. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
