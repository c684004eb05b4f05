import {
  formatByteSize,
  type InspectedPath,
  type InspectedStorage,
  type RowPreview,
  type Spread,
  count,
  counted,
} from '@riffle/core';
import { cutAtEnd, widthOf, wrapped } from './fit.ts';
import { fittedTable, namedLines } from './fitted-table.ts';
import { printable, printableLine } from './wording.ts';

/** What is listed for people; `--json` has more. */
const MOST_COLUMNS = 40;
const MOST_METADATA = 20;
const MOST_LOST = 20;
const MOST_PROBLEMS = 40;
const MOST_COLLECTIONS = 20;
/** Rows stand beside each other if each has so much room. */
const LEAST_ROW_WIDTH = 24;
const MOST_ROWS_BESIDE = 6;
const LONGEST_NAME = 30;
/** Of the names of facts, with their indent. */
const FACT_WIDTH = 12;

function more(listed: number, all: number, what: string): string[] {
  return all > listed ? [`  … and ${count(all - listed)} more ${what}, in --json`] : [];
}

function spread({ least, most }: Spread, word: (value: number) => string): string {
  return least === most ? word(most) : `${word(least)} to ${word(most)}`;
}

const kinds: Readonly<Record<InspectedPath['kind'], string>> = {
  file: 'a file',
  collection: 'a collection',
  result: 'a result of Riffle',
};

function heading({ path, kind, rows, bytes, shards, files }: InspectedPath): string {
  const what =
    kind === 'file' ? '' : ` in ${counted(shards, 'shard')}${files === shards ? '' : ` (${counted(files, 'file')})`}`;
  return printableLine(`${path}, ${kinds[kind]}: ${counted(rows, 'row')}${what}, ${formatByteSize(bytes)}`);
}

function fragmentText({ fragments }: InspectedPath): string {
  const { count: number, rows, bytes, uncompressedBytes } = fragments;
  const each = `of ${spread(rows, count)} row${rows.most === 1 ? '' : 's'}, ${spread(bytes, formatByteSize)}`;
  const before =
    uncompressedBytes === undefined ? '' : ` (${spread(uncompressedBytes, formatByteSize)} before compression)`;
  return number === 0 ? 'none' : `${count(number)}, ${each}${before}`;
}

function resultFacts({ result }: InspectedPath): [string, string][] {
  if (result === undefined) return [];
  const { riffleVersion, rows, shards, seed, shuffler, collections, lost, finishedAt } = result;
  const named = collections.slice(0, MOST_COLLECTIONS).map(({ name, rows: own }) => `${name} ${count(own)}`);
  return [
    [
      'manifest',
      `${counted(rows, 'row')} in ${counted(shards, 'shard')}, ${lost === 0 ? 'nothing lost' : `${counted(lost, 'shard')} lost`}`,
    ],
    [
      'made',
      `by Riffle ${riffleVersion}${finishedAt === undefined ? '' : `, ${finishedAt}`}, seed ${seed}, ${shuffler}`,
    ],
    [
      'from',
      `${named.join(', ')}${collections.length > named.length ? ` and ${count(collections.length - named.length)} more` : ''}`,
    ],
  ];
}

function facts(path: InspectedPath, width: number | undefined): string[] {
  const { formats, writtenBy, ignored, schemas } = path;
  const pairs: [string, string][] = [
    ...resultFacts(path),
    ...(formats.length === 0 ? [] : [['format', [formats.join(', '), ...writtenBy].join('; ')] as [string, string]]),
    ...(path.files === 0 ? [] : [['row groups', fragmentText(path)] as [string, string]]),
    ...(schemas.length > 1
      ? [
          ['schemas', `${count(schemas.length)}; shown is that of ${counted(schemas[0]!.files, 'file')}`] as [
            string,
            string,
          ],
        ]
      : []),
    ...(ignored === 0
      ? []
      : [
          [
            'ignored',
            `${counted(ignored, 'entry').replace('entrys', 'entries')} of no known format or with a leading dot`,
          ] as [string, string],
        ]),
  ];
  return pairs.flatMap(([name, value]) => namedLines(`  ${name}`, FACT_WIDTH, printableLine(value), width));
}

/** Of most columns a feature says no more than the type does. */
const sayingNothing = /^(?:(?:Large)?List\(|Sequence\()*Value\)*$/;

function schemaTable({ schemas }: InspectedPath, width: number | undefined): string[] {
  const [schema] = schemas;
  if (schema === undefined) return [];
  const { columns } = schema;
  const shown = columns.slice(0, MOST_COLUMNS);
  const rows = shown.map(({ name, type, nullable, feature = '' }) => [
    name,
    type,
    nullable ? '' : 'never null',
    sayingNothing.test(feature) ? '' : feature,
  ]);
  const heads = ['column', 'type', 'nulls', 'feature'];
  const used = heads.map((_, column) => column < 2 || rows.some((row) => row[column] !== ''));
  const only = (row: readonly string[]) => row.filter((_, column) => used[column]);
  return [
    '',
    `${counted(columns.length, 'column')}`,
    ...fittedTable([only(heads), ...rows.map(only)], width),
    ...more(shown.length, columns.length, 'columns'),
  ];
}

function ratio({ bytes, uncompressedBytes }: InspectedStorage): string {
  return bytes === 0 || uncompressedBytes === 0 ? '' : `${(uncompressedBytes / bytes).toFixed(2)}×`;
}

/** Levels are always run-length encoded: that says nothing of the values. */
function encodingText({ encodings, dictionary }: InspectedStorage): string {
  const ofValues = encodings.filter((encoding) => encoding !== 'RLE' && encoding !== 'BIT_PACKED');
  const named = (ofValues.length === 0 ? encodings : ofValues).join(', ');
  return dictionary === 'part' ? `${named} (dictionary given up)` : named;
}

function storageTable({ columns, bytes }: InspectedPath, width: number | undefined): string[] {
  if (columns.length === 0) return [];
  const shown = columns.slice(0, MOST_COLUMNS);
  const rows = shown.map((column) => [
    column.path.join('.'),
    column.type,
    column.codecs.join(', ').toLowerCase(),
    encodingText(column),
    formatByteSize(column.bytes),
    bytes === 0 ? '' : `${((column.bytes / bytes) * 100).toFixed(1)}%`,
    ratio(column),
    column.nulls === undefined ? '' : count(column.nulls),
  ]);
  const heads = ['stored column', 'as', 'codec', 'encodings', 'size', 'part', 'ratio', 'nulls'];
  return [
    '',
    'Storage',
    ...fittedTable([heads, ...rows], width, [4, 5, 6, 7]),
    ...more(shown.length, columns.length, 'stored columns'),
  ];
}

/** Values of metadata for people: binary ones are only named. */
function metadataText(key: string, value: string): string {
  if (key === 'ARROW:schema') return 'the Arrow schema, in base64';
  // Steering characters become this one.
  const odd = printable(value).split('\uFFFD').length - 1;
  return odd > value.length / 10 ? 'not text' : value.replace(/\s+/g, ' ');
}

function metadataTable({ metadata }: InspectedPath, width: number | undefined): string[] {
  if (metadata.length === 0) return [];
  const shown = metadata.slice(0, MOST_METADATA);
  const rows = shown.map(({ key, value, bytes }) => [key, formatByteSize(bytes), metadataText(key, value)]);
  return [
    '',
    'Metadata',
    ...fittedTable([['key', 'size', 'value'], ...rows], width ?? 120, [1]),
    ...more(shown.length, metadata.length, 'pairs'),
  ];
}

/** Columns under each other, rows beside each other; or, where there is no room, row after row. */
function previewTable(preview: RowPreview | undefined, width: number | undefined): string[] {
  if (preview === undefined || preview.rows.length === 0) return [];
  const { file, columns, rows } = preview;
  const shown = columns.slice(0, MOST_COLUMNS);
  const heading = printableLine(`First ${rows.length === 1 ? 'row' : counted(rows.length, 'row')} of ${file}`);
  const rest = more(shown.length, columns.length, 'columns');
  const cell = (row: readonly (string | null)[], column: number) => row[column] ?? 'null';
  const room = ((width ?? 120) - Math.min(LONGEST_NAME, Math.max(...shown.map(widthOf))) - 4) / rows.length;
  if (rows.length <= MOST_ROWS_BESIDE && room >= LEAST_ROW_WIDTH) {
    const heads = ['column', ...rows.map((_, row) => `row ${row}`)];
    const lines = shown.map((name, column) => [name, ...rows.map((row) => cell(row, column))]);
    return ['', heading, ...fittedTable([heads, ...lines], width ?? 120), ...rest];
  }
  const names = shown.map((name) => `    ${cutAtEnd(printableLine(name), LONGEST_NAME)}`);
  const nameWidth = Math.max(...names.map(widthOf));
  const stacks = rows.flatMap((row, number) => [
    `  row ${number}`,
    ...names.flatMap((name, column) => namedLines(name, nameWidth, printableLine(cell(row, column)), width ?? 120)),
  ]);
  return ['', heading, ...stacks, ...rest];
}

/** What was found at one path, as lines of at most `width` columns. */
export function inspectionLines(path: InspectedPath, width: number | undefined): string[] {
  return [
    ...wrapped(heading(path), width),
    ...facts(path, width),
    ...schemaTable(path, width),
    ...storageTable(path, width),
    ...metadataTable(path, width),
    ...previewTable(path.preview, width),
  ];
}

/** What is wrong at one path, as lines of at most `width` columns; none if nothing is. */
export function problemLines({ path, lost, problems }: InspectedPath, width: number | undefined): string[] {
  const texts = [
    ...lost.slice(0, MOST_LOST).map((shard) => `${shard.status} shard ${shard.path}: ${shard.reason}`),
    ...problems
      .slice(0, MOST_PROBLEMS)
      .map(({ message, file }) => (file === undefined ? message : `${file}: ${message}`)),
  ];
  if (texts.length === 0) return [];
  const all = lost.length + problems.length;
  return [
    ...wrapped(printableLine(`${counted(all, 'problem')} of ${path}`), width),
    ...texts.flatMap((text) => wrapped(`  ${printableLine(text)}`, width)),
    ...more(texts.length, all, 'problems'),
  ];
}
