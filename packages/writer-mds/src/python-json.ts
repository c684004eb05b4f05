import type { JsonValue } from '@riffle/core';

/** What JSON.stringify leaves, and Python escapes. */
const beyondAscii = /[\u007f-\uffff]/g;

const ascii = (text: string) =>
  JSON.stringify(text).replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON as `json.dumps(value, sort_keys=True)` of Python writes it, so that shards and index are those of `MDSWriter` to the byte. Numbers are whole. */
export function pythonJson(value: JsonValue): string {
  if (typeof value === 'string') return ascii(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(pythonJson).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value as { readonly [name: string]: JsonValue });
  const sorted = members.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, member]) => `${ascii(name)}: ${pythonJson(member)}`).join(', ')}}`;
}
