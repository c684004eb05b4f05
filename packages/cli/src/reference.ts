export { commandTable } from './commands/command-table.ts';
export type { Command, Example } from './commands/command.ts';
export type { Flag } from './flags/flag.ts';
export { recipeFlags } from './flags/recipe-flags.ts';
