/** Levels of lists and objects in JSON that is looked at: no schema nests half as deep, and a hundred thousand would end the stack. */
const deepest = 500;

/** Whether JSON that was found in a file nests too deep for functions that call themselves. */
export function isDeeper(value: unknown, levels = deepest): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
