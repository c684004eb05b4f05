/** Characters of one text that a preview shows. */
export const LONGEST_TEXT = 160;
/** UTF-8 takes at most so many bytes for a character of JavaScript. */
const BYTES_PER_CHARACTER = 3;

// oxlint-disable-next-line no-control-regex -- what steers a terminal or reorders what stands beside it is shown as an escape
const steering = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text without characters that do not show themselves: each stands as its escape. */
export function visible(text: string): string {
  return text.replace(steering, escaped);
}

/** The first characters of a text, with `…` if there are more; never half a character. */
export function beginning(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, Math.max(0, longest - 1)).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** In quotes as in JSON, shortened, with its length if something is left out. */
export function quoted(text: string, more = false): string {
  const short = beginning(text, LONGEST_TEXT);
  const cut = more && !short.endsWith('…') ? `${short}…` : short;
  return visible(JSON.stringify(cut));
}

/** Text in UTF-8 of which no more is decoded than is shown. */
export function quotedBytes(bytes: Uint8Array): string {
  const head = bytes.subarray(0, LONGEST_TEXT * BYTES_PER_CHARACTER + BYTES_PER_CHARACTER);
  return quoted(new TextDecoder().decode(head), head.length < bytes.length);
}
