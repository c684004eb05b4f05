import { lossKinds, type LostShard, count, counted } from '@riffle/core';
import type { ReportFacts } from '../facts/report-facts.ts';
import { dataTable, type Section } from '../html/elements.ts';
import { markup, type Content } from '../html/markup.ts';
import { clipped } from '../words/wording.ts';
import { lossWords } from './verdict.ts';

/** Shards told one by one. */
const mostShards = 100;
/** Rows of the table by collection and kind. */
const mostKinds = 100;
const longest = { name: 120, path: 200, reason: 500 } as const;
const number = true as const;

function kindWords(kind: unknown): string {
  return typeof kind === 'string' && Object.hasOwn(lossKinds, kind)
    ? lossKinds[kind as keyof typeof lossKinds]
    : 'not said';
}

interface KindLosses {
  readonly collection: string;
  readonly kind: string;
  shards: number;
  rows: number;
}

/** By collection, in their order, and kind. */
function byKind(lost: readonly LostShard[]): readonly KindLosses[] {
  const found = new Map<string, KindLosses>();
  for (const { collection, kind, rows } of lost) {
    const words = kindWords(kind);
    const key = JSON.stringify([collection, words]);
    const entry = found.get(key) ?? { collection, kind: words, shards: 0, rows: 0 };
    entry.shards++;
    entry.rows += rows ?? 0;
    found.set(key, entry);
  }
  return [...found.values()];
}

function kindTable(lost: readonly LostShard[]): Content {
  const kinds = byKind(lost);
  const rest = kinds.slice(mostKinds);
  const rows = kinds
    .slice(0, mostKinds)
    .map((entry) => [
      clipped(entry.collection, longest.name),
      entry.kind,
      count(entry.shards),
      entry.rows === 0 ? '–' : count(entry.rows),
    ]);
  if (rest.length > 0)
    rows.push([
      '…',
      `${count(rest.length)} more kinds of other collections`,
      count(rest.reduce((sum, { shards }) => sum + shards, 0)),
      count(rest.reduce((sum, entry) => sum + entry.rows, 0)),
    ]);
  return dataTable(
    'lost-kinds',
    'Lost shards by collection and reason',
    [{ head: 'Collection' }, { head: 'Reason' }, { head: 'Shards', number }, { head: 'Rows known', number }],
    rows,
  );
}

function shardTable(lost: readonly LostShard[]): Content {
  const rest = lost.length - mostShards;
  const rows = lost
    .slice(0, mostShards)
    .map(({ collection, path, status, reason, rows: lostRows }) => [
      markup`${clipped(collection, longest.name)}/${clipped(path, longest.path)}`,
      clipped(status, longest.name),
      clipped(reason, longest.reason),
      lostRows === undefined ? '–' : count(lostRows),
    ]);
  return [
    dataTable(
      'lost-shards',
      rest > 0 ? `The first ${mostShards} of ${count(lost.length)} lost shards` : 'Every lost shard',
      [{ head: 'Shard' }, { head: 'Status' }, { head: 'Why' }, { head: 'Rows known', number }],
      rows,
    ),
    rest > 0
      ? markup`<p>… and ${count(rest)} more: each is in <code>.riffle/manifest.json</code> under <code>receipt.lost</code>.</p>`
      : undefined,
  ];
}

/** What is not in the result that should be. */
export function lossesSection(facts: ReportFacts): Section {
  const { lost } = facts.manifest.receipt;
  const words = lossWords(facts);
  const content =
    lost.length === 0 || words === undefined
      ? markup`<p>Nothing. Every input shard is in the result with all its rows: ${counted(facts.inputShards, 'shard')}, ${counted(facts.manifest.plan.rows, 'row')}.</p>`
      : [
          markup`<p>${words[0]!.toUpperCase()}${words.slice(1)}. What a shard’s reason means and what to do about it is in the documentation under “Bad shards”.</p>`,
          kindTable(lost),
          markup`<h3>Shard by shard</h3>`,
          shardTable(lost),
        ];
  return { name: 'lost', title: 'What was lost', content };
}
