import { createArena, type Arena } from '@riffle/columnar';

/** Memory of this thread for columns that are decoded past the codec; kept from one row group to the next, as the codec keeps its own. */
const arena: Arena = createArena();

export function directArena(): Arena {
  return arena;
}

export function directHeldBytes(): number {
  return arena.heldBytes();
}
