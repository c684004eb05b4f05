/** Whether a path of a recipe is another one or leads below it. */
export function isAtOrBelow(path: string, other: string): boolean {
  return path === other || (path.startsWith(other) && /^[.[]/.test(path.slice(other.length)));
}
