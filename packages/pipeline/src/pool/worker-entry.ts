import { readModulesInTurn } from './read-modules-in-turn.ts';

// Before anything else is imported: a module's static imports would all be read first.
readModulesInTurn();
const { serve } = await import('../worker.ts');
serve();
