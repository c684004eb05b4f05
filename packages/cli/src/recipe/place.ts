/** `['collections', 1, 'path']` as people write it: `collections[1].path`. */
export function placeText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`;
    return text === '' ? String(segment) : `${text}.${String(segment)}`;
  }, '');
}

/** The reverse of {@link placeText}; undefined if the text is no place. */
export function parsePlace(text: string): (string | number)[] | undefined {
  if (!/^[a-z]\w*(\[\d{1,7}\])*(\.[a-z]\w*(\[\d{1,7}\])*)*$/i.test(text)) return undefined;
  return text.split(/\.|(?=\[)/).map((segment) => (segment.startsWith('[') ? Number(segment.slice(1, -1)) : segment));
}
