import type { Manifest } from '@riffle/core';

interface Listed {
  shards: number;
  rows: number;
  readonly lost: Map<string, number>;
}

/** Sentences about collections whose names or counts contradict the lists of shards, of each kind the first. */
export function collectionContradictions({ plan, receipt }: Manifest): readonly string[] {
  const listed = new Map(
    plan.collections.map(({ name }): [string, Listed] => [name, { shards: 0, rows: 0, lost: new Map() }]),
  );
  const messages: string[] = [];
  const said = receipt.collections.map(({ name }) => name);
  if (said.length !== plan.collections.length || plan.collections.some(({ name }, index) => said[index] !== name))
    messages.push("The manifest's plan and its receipt name different collections.");
  if (listed.size !== plan.collections.length) messages.push("The manifest's plan names a collection twice.");
  const strangers = new Set<string>();
  for (const { collection, rows } of receipt.inputs) {
    const counts = listed.get(collection);
    if (counts === undefined) strangers.add(collection);
    else {
      counts.shards++;
      counts.rows += rows;
    }
  }
  for (const { collection, status } of receipt.lost) {
    const counts = listed.get(collection);
    if (counts === undefined) strangers.add(collection);
    else counts.lost.set(status, (counts.lost.get(status) ?? 0) + 1);
  }
  for (const stranger of strangers) {
    messages.push(`The manifest has a shard of ${JSON.stringify(stranger)}, which is none of its collections.`);
    break;
  }
  for (const counts of receipt.collections) {
    const message = countsContradiction(counts, listed.get(counts.name));
    if (message === undefined) continue;
    messages.push(message);
    break;
  }
  return messages;
}

function countsContradiction(
  counts: Manifest['receipt']['collections'][number],
  listed: Listed | undefined,
): string | undefined {
  if (listed === undefined) return undefined;
  const differ = (what: string, said: number, there: number) =>
    said === there
      ? undefined
      : `The manifest says ${said} ${what} of collection ${JSON.stringify(counts.name)} and lists ${there}.`;
  const lost = (status: 'missing' | 'failed' | 'empty' | 'salvaged') =>
    differ(`${status} shards`, counts[status] ?? 0, listed.lost.get(status) ?? 0);
  return (
    differ('shards', counts.loaded, listed.shards) ??
    differ('rows', counts.rows, listed.rows) ??
    lost('missing') ??
    lost('failed') ??
    lost('empty') ??
    lost('salvaged')
  );
}
