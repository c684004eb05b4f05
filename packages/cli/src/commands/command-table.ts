import { outputFlags, planFlags, verifyFlags } from '../flags/output-flags.ts';
import { recipeFlags } from '../flags/recipe-flags.ts';
import type { Command } from './command.ts';

const recipe = ['[recipe]', 'a recipe file, YAML or JSON; flags override it'] as const;

/** Every command of the design, in the order of the help. One without `load` is refused by name. */
export const commandTable: readonly Command[] = [
  { name: 'init', summary: 'ask for everything and write riffle.yaml', flags: [], publishes: false },
  {
    name: 'run',
    argument: recipe,
    summary: 'plan, shuffle, write, verify, publish',
    flags: [...recipeFlags, ...outputFlags],
    publishes: true,
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'plan',
    argument: recipe,
    summary: 'plan as run does, and stop before any data is moved',
    flags: [...recipeFlags, ...planFlags, ...outputFlags],
    publishes: false,
    load: async () => (await import('./plan.ts')).plan,
  },
  {
    name: 'verify',
    argument: ['<dir>', 'the folder of a result'],
    summary: 'check a result against its manifest',
    flags: [...verifyFlags, ...outputFlags],
    publishes: false,
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'inspect',
    argument: ['<path...>', 'files or folders'],
    summary: 'show rows, schema and problems of inputs',
    flags: [],
    publishes: false,
  },
  {
    name: 'report',
    argument: ['<dir>', 'the folder of a result'],
    summary: 'show what a result holds',
    flags: [],
    publishes: false,
  },
  {
    name: 'certify',
    argument: ['<dir>', 'the folder of a result'],
    summary: 'judge how well a folder is shuffled',
    flags: [],
    publishes: false,
  },
];
