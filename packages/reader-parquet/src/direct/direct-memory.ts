import { createArena, type Arena } from '@riffle/columnar';

/** Memory of this thread for columns that are decoded past the codec; kept from one row group to the next, as the codec keeps its own. */
const arena: Arena = createArena();

/** The same for row groups of few values, which take a few hundred kilobytes. */
const smallArena: Arena = createArena(2 ** 19);

export function directArena(): Arena {
  return arena;
}

export function flatArena(): Arena {
  return smallArena;
}

export function directHeldBytes(): number {
  return arena.heldBytes() + smallArena.heldBytes();
}
