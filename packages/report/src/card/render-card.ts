import { formatByteSize, type Manifest, count, counted, shardTotals } from '@riffle/core';
import { featuresOfSchema } from '@riffle/treaty';
import { Schema } from 'apache-arrow';
import { schemaOf } from '../facts/schema-columns.ts';
import { clipped, eachHas } from '../words/wording.ts';
import { splitsOf } from './data-files.ts';
import { frontMatter } from './front-matter.ts';
import { codeBlock, markdownText, shellWord } from './markdown-text.ts';
import { yamlFeatures, type YamlValue } from './yaml-features.ts';

/** Upper ends of the Hub's size categories, and their names. */
const sizeCategories = [
  [1e3, 'n<1K'],
  [1e4, '1K<n<10K'],
  [1e5, '10K<n<100K'],
  [1e6, '100K<n<1M'],
  [1e7, '1M<n<10M'],
  [1e8, '10M<n<100M'],
  [1e9, '100M<n<1B'],
  [1e10, '1B<n<10B'],
  [1e11, '10B<n<100B'],
  [1e12, '100B<n<1T'],
] as const;

/** Collections that the title names, that the table lists, and that the command shows. */
const shown = { title: 5, table: 200, command: 20 } as const;
const longestName = 120;
/** A card larger than this is refused by the Hub or slow to read: then it has no features, which readers find in the files. */
const mostFeatures = 2 ** 19;

const mapOf = (entries: readonly (readonly [string, YamlValue])[]) => new Map(entries);

/** Columns that only the paths of files tell. */
function onlyInPaths({ plan: { partitionBy = [] } }: Manifest): readonly string[] {
  return partitionBy.filter(({ kept }) => !kept).map(({ column }) => column);
}

function dividedWords({ plan: { partitionBy }, receipt: { outputs } }: Manifest): string {
  if (partitionBy === undefined) return '';
  const columns = partitionBy.map(({ column }) => markdownText(clipped(column, longestName)));
  return `, divided by ${columns.join(' and ')} into ${counted(outputs.length, 'file')}`;
}

/** `datasets` does not look into the names of folders. */
function pathColumnsText(manifest: Manifest): string[] {
  const columns = onlyInPaths(manifest).map((column) => markdownText(clipped(column, longestName)));
  if (columns.length === 0) return [];
  return [
    '',
    `The files do not have ${columns.join(' and ')}: only the names of their folders tell, and \`datasets\` does not read them. Arrow, DuckDB, Polars and Spark do:`,
    '',
    codeBlock('python', [
      'import pyarrow.dataset',
      '',
      'rows = pyarrow.dataset.dataset("PATH", partitioning="hive").to_table()',
    ]),
  ];
}

/** All features, or undefined if the schema cannot be read or has a column that `datasets` has no feature for. */
function featuresOf(manifest: Manifest): YamlValue | undefined {
  const whole = schemaOf(manifest);
  if (whole === undefined) return undefined;
  const absent = onlyInPaths(manifest);
  const schema = new Schema(
    whole.fields.filter(({ name }) => !absent.includes(name)),
    whole.metadata,
  );
  const { features, without } = featuresOfSchema(schema);
  // A card with some of them would make `datasets` refuse the files.
  if (without.length > 0 || JSON.stringify([...features]).length > mostFeatures) return undefined;
  return yamlFeatures(features);
}

function metadata(manifest: Manifest): ReadonlyMap<string, YamlValue> {
  const { plan, receipt } = manifest;
  const bytes = receipt.outputs.reduce((sum, shard) => sum + shard.bytes, 0);
  const features = featuresOf(manifest);
  const splits = splitsOf(manifest);
  const category = sizeCategories.find(([most]) => plan.rows < most)?.[1] ?? 'n>1T';
  return mapOf([
    [
      'configs',
      [
        mapOf([
          ['config_name', 'default'],
          [
            'data_files',
            splits.map(({ name, globs }) =>
              mapOf([
                ['split', name],
                ['path', globs.length === 1 ? globs[0]! : globs],
              ]),
            ),
          ],
        ]),
      ],
    ],
    [
      'dataset_info',
      mapOf([
        ...(features === undefined ? [] : [['features', features] as const]),
        [
          'splits',
          splits.map((files) =>
            mapOf([
              ['name', files.name],
              ['num_bytes', files.bytes],
              ['num_examples', files.rows],
            ]),
          ),
        ],
        ['download_size', bytes],
        ['dataset_size', bytes],
      ]),
    ],
    ['size_categories', [category]],
    ['tags', ['riffle']],
  ]);
}

function titleOf(names: readonly string[]): string {
  const first = names.slice(0, shown.title).map((name) => markdownText(clipped(name, longestName)));
  const rest = names.length - first.length;
  return `${first.join(', ')}${rest > 0 ? ` and ${count(rest)} more` : ''}: ${names.length > 1 ? 'merged and shuffled' : 'shuffled'}`;
}

function collectionTable({ receipt }: Manifest): string[] {
  const { collections } = receipt;
  const rest = collections.slice(shown.table);
  return [
    '| collection | rows | shards used | shards lost |',
    '|---|--:|--:|--:|',
    ...collections
      .slice(0, shown.table)
      .map(
        ({ name, rows, loaded, missing, failed, empty }) =>
          `| ${markdownText(clipped(name, longestName))} | ${count(rows)} | ${count(loaded)} | ${count(missing + failed + empty)} |`,
      ),
    ...(rest.length === 0
      ? []
      : [`| and ${count(rest.length)} more | ${count(rest.reduce((sum, { rows }) => sum + rows, 0))} | | |`]),
  ];
}

function commandOf({ plan }: Manifest): string[] {
  const names = plan.collections.slice(0, shown.command).map(({ name }) => clipped(name, longestName));
  const rest = plan.collections.length - names.length;
  const words = [
    'riffle run',
    ...names.map((name) => `--input ${shellWord(`${name}=PATH`)}`),
    ...(rest > 0 ? [`… and ${count(rest)} more inputs`] : []),
    '--output PATH',
    `--shards ${plan.shards}`,
    `--seed ${shellWord(clipped(plan.seed, longestName))}`,
    `--compression ${shellWord(String(plan.compression))}`,
    `--profile ${shellWord(String(plan.profile))}`,
  ];
  const rules = Object.keys(plan.columns ?? {}).length > 0;
  return [
    codeBlock(
      'sh',
      words.map((word, index) => `${index === 0 ? '' : '  '}${word}${index < words.length - 1 ? ' \\' : ''}`),
    ),
    ...(rules
      ? ['', 'Rules for columns were given, too; they are in `.riffle/manifest.json` under `plan.columns`.']
      : []),
  ];
}

/**
 * A dataset card for the Hugging Face Hub: YAML that `datasets` loads the shards by, then a text for people. The same manifest gives the same
 * card; it holds no path, time or host.
 */
export function renderCard(manifest: Manifest): string {
  const { plan, receipt, riffleVersion, digest } = manifest;
  const rows = shardTotals(receipt.outputs).map((shard) => shard.rows);
  const least = rows.reduce((one, other) => Math.min(one, other), rows[0] ?? 0);
  const most = rows.reduce((one, other) => Math.max(one, other), 0);
  const bytes = receipt.outputs.reduce((sum, shard) => sum + shard.bytes, 0);
  const lost =
    receipt.lost.length === 0
      ? 'Nothing was lost.'
      : `${counted(receipt.lost.length, 'input shard')} could not be used, wholly or in part.`;
  const from =
    receipt.collections.length === 1 ? 'one collection' : `${counted(receipt.collections.length, 'collection')}`;
  const text = [
    `# ${titleOf(receipt.collections.map(({ name }) => name))}`,
    '',
    `${counted(plan.rows, 'row')} from ${from}, in one global random order, in ${counted(rows.length, plan.partitionBy === undefined ? 'file' : 'shard')} of ${eachHas(least, most, 'row')}${dividedWords(manifest)}, ${formatByteSize(bytes)} together. ${lost}`,
    '',
    ...collectionTable(manifest),
    '',
    '## Load it',
    '',
    codeBlock('python', [
      'from datasets import load_dataset',
      '',
      `rows = load_dataset("PATH_OR_REPOSITORY", split="${splitsOf(manifest)[0]!.name}")`,
    ]),
    ...pathColumnsText(manifest),
    '',
    'The rows are shuffled already: a reader that takes the files one after the other needs no shuffle buffer.',
    '',
    '## How it was made',
    '',
    `By Riffle ${markdownText(clipped(riffleVersion, longestName))}, with the permutation ${markdownText(plan.shuffler)} and the seed below. Every file was verified before it was published. The same inputs, recipe and version give the same files; digest of plan and receipt: \`${digest}\`.`,
    '',
    ...commandOf(manifest),
    '',
  ];
  return `${frontMatter(metadata(manifest))}\n${text.join('\n')}`;
}
