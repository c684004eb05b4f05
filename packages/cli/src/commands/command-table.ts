import { certifyFlags, inspectFlags, outputFlags, planFlags, verifyFlags } from '../flags/output-flags.ts';
import { recipeFlags } from '../flags/recipe-flags.ts';
import type { Command } from './command.ts';

const recipe = ['[recipe]', 'a recipe file, YAML or JSON; flags override it'] as const;

/** Every command of the design, in the order of the help. One without `load` is refused by name. */
export const commandTable: readonly Command[] = [
  {
    name: 'init',
    argument: ['[recipe]', 'the recipe file to write or to edit (default: riffle.yaml)'],
    completes: 'file',
    summary: 'ask for everything and write a recipe, or edit one',
    examples: [
      { does: 'Ask, write riffle.yaml, and run it if you like', line: 'riffle init' },
      { does: 'Change a recipe', line: 'riffle init speech.yaml' },
    ],
    flags: [],
    publishes: true,
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'run',
    argument: recipe,
    completes: 'file',
    summary: 'plan, shuffle, write, verify, publish',
    examples: [
      { does: 'Do what a recipe says', line: 'riffle run riffle.yaml' },
      {
        does: 'Merge two collections into 64 shards, without a recipe',
        line: 'riffle run --input tts=data/tts --input news=data/news --output data/merged --shards 64',
      },
      { does: 'Go on with a run that was interrupted', line: 'riffle run riffle.yaml --resume' },
      { does: 'Fail if more than 1% is lost', line: 'riffle run riffle.yaml --max-loss 1%' },
      {
        does: 'Leave out a column, and write the report to a file',
        line: `riffle run riffle.yaml --set 'columns.drop=["audio"]' --json > report.json`,
      },
    ],
    flags: [...recipeFlags, ...outputFlags],
    publishes: true,
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'plan',
    argument: recipe,
    completes: 'file',
    summary: 'plan as run does, and stop before any data is moved',
    examples: [
      { does: 'See what a run would do: rows, columns, memory, disk', line: 'riffle plan riffle.yaml' },
      {
        does: 'Write a recipe with the columns as agreed',
        line: 'riffle plan riffle.yaml --save-recipe agreed.yaml',
      },
    ],
    flags: [...recipeFlags, ...planFlags, ...outputFlags],
    publishes: false,
    load: async () => (await import('./plan.ts')).plan,
  },
  {
    name: 'verify',
    argument: ['<dir>', 'the folder of a result'],
    completes: 'folder',
    summary: 'check a result against its manifest',
    examples: [
      { does: 'Read every shard and compare it with the manifest', line: 'riffle verify data/merged' },
      {
        does: 'Read the inputs again too, one of which has moved',
        line: 'riffle verify data/merged --against-inputs --input tts=/archive/tts',
      },
    ],
    flags: [...verifyFlags, ...outputFlags],
    publishes: false,
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'inspect',
    argument: ['<path...>', 'files, folders of shards, or results'],
    completes: 'file',
    summary: 'show rows, schema and problems of inputs',
    examples: [
      {
        does: 'See what a folder of shards holds, and what is wrong with it',
        line: 'riffle inspect data/tts/.dset/tts',
      },
      { does: 'Look at two files, with ten rows of each', line: 'riffle inspect a.parquet b.parquet --rows 10' },
    ],
    flags: [...inspectFlags, ...outputFlags],
    publishes: false,
    load: async () => (await import('./inspect.ts')).inspect,
  },
  {
    name: 'report',
    argument: ['<dir>', 'the folder of a result'],
    completes: 'folder',
    summary: 'make the page about a result anew, .riffle/report.html',
    examples: [
      { does: 'Make the page, and say in short what the result holds', line: 'riffle report data/merged' },
      { does: 'The same as JSON', line: 'riffle report data/merged --json' },
    ],
    flags: outputFlags,
    publishes: false,
    load: async () => (await import('./report.ts')).report,
  },
  {
    name: 'certify',
    argument: ['<dir>', 'a folder of Parquet files: a result, or any other; or one file'],
    completes: 'folder',
    summary: 'judge whether rows are in the order of a fair shuffle',
    examples: [
      { does: 'Judge the permutation of a result', line: 'riffle certify data/merged' },
      {
        does: 'Judge any folder by a column that counted up before the shuffle',
        line: 'riffle certify data/shuffled --column id',
      },
    ],
    flags: [...certifyFlags, ...outputFlags],
    publishes: false,
    load: async () => (await import('./certify.ts')).certify,
  },
  {
    name: 'formats',
    argument: ['[name...]', 'formats or layouts, packages, or paths of modules'],
    completes: 'file',
    summary: 'list what can be read and written, or show the options of a format',
    examples: [
      { does: 'See what there is', line: 'riffle formats' },
      { does: 'See what can be set of one', line: 'riffle formats parquet' },
    ],
    flags: outputFlags,
    publishes: false,
    load: async () => (await import('./formats.ts')).formats,
  },
  {
    name: 'completion',
    argument: ['<shell>', 'bash, zsh or fish'],
    completes: ['bash', 'zsh', 'fish'],
    summary: 'print the completion script of a shell',
    examples: [
      { does: 'In bash, for every session', line: `echo 'source <(riffle completion bash)' >> ~/.bashrc` },
      { does: 'In zsh, for every session', line: `echo 'source <(riffle completion zsh)' >> ~/.zshrc` },
      { does: 'In fish, for every session', line: 'riffle completion fish > ~/.config/fish/completions/riffle.fish' },
    ],
    flags: [],
    publishes: false,
    load: async () => (await import('./completion.ts')).completion,
  },
];
