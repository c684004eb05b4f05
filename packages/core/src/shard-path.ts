/** No dot at the front, which hides a folder, and none at the end, which Windows drops. */
const namePattern = /^[A-Za-z0-9_%](?:[A-Za-z0-9._=+%-]{0,238}[A-Za-z0-9_=+%-])?$/;
const mostNames = 8;

/**
 * Whether a shard may lie at this path below the output folder: up to 8 names between `/`, each of at most 240 letters, digits and `. _ - = + %`, the first a letter, a
 * digit, `_` or `%`, the last no dot. Whoever says so, a layout or a manifest, reaches nothing else by it.
 */
export function isShardPath(path: string): boolean {
  const names = path.split('/');
  return names.length <= mostNames && names.every((name) => namePattern.test(name));
}
