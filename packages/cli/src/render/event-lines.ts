import { count, counted, duration, type LostShard, type Plan, type RiffleEvent } from '@riffle/core';
import { configurationTable } from './configuration.ts';
import { planTable } from './plan-table.ts';
import { strategyTable } from './strategy-table.ts';
import { treatyTable } from './treaty-table.ts';
import { printableLine } from './wording.ts';

/** How much a line matters: `--quiet` shows only `always`, `--verbose` shows all. */
export type Weight = 'always' | 'usual' | 'detail';

export interface WeightedLine {
  readonly weight: Weight;
  readonly text: string;
}

/** Lost shards told one by one; the rest is counted, and in the log. */
const LOST_SHOWN = 20;

/**
 * Words events as lines. Progress has its own place and is not worded here.
 * @param width columns of the terminal, asked for at each event; undefined where there is none
 */
export function createEventLines(
  width: () => number | undefined = () => undefined,
): (event: RiffleEvent) => readonly WeightedLine[] {
  let lost = 0;
  let lastStarted: number | undefined;
  let lastColumns = '';
  const usual = (...texts: readonly string[]) =>
    texts.map((text) => ({ weight: 'usual', text: printableLine(text) }) as const);
  const detail = (text: string) => [{ weight: 'detail', text: printableLine(text) }] as const;

  function lostLine(shard: LostShard): readonly WeightedLine[] {
    lost++;
    const text = `  ${shard.status} shard ${shard.collection}/${shard.path}: ${shard.reason}${kept(shard)}`;
    if (lost <= LOST_SHOWN) return usual(text);
    if (lost === LOST_SHOWN + 1)
      return [...usual('  … further lost shards are in the report and the log'), ...detail(text)];
    return detail(text);
  }

  /** A plan that is made anew without bad shards mostly has the same columns. */
  function newColumns({ columns }: Plan): readonly string[] {
    const known = lastColumns;
    lastColumns = JSON.stringify(columns);
    return known === lastColumns ? [] : treatyTable(columns, width());
  }

  return (event) => {
    switch (event.type) {
      case 'configured':
        return usual(...configurationTable(event, width()), '');
      case 'collection-started':
        lastStarted = event.index;
        return usual(heading(event));
      case 'collection-surveyed': {
        // Collections are surveyed side by side: name the one that is meant, unless it was named just before.
        const named = lastStarted === event.index ? [] : [heading(event)];
        lastStarted = undefined;
        const { loaded, missing, failed, empty, salvaged, rows } = event;
        const inPart = salvaged === 0 ? '' : ` (${count(salvaged)} in part)`;
        const shards = `${count(loaded)} loaded${inPart}, ${count(missing)} missing, ${count(failed)} failed, ${count(empty)} empty`;
        return usual(...named, `${shards} → ${counted(rows, 'row')}`);
      }
      case 'surveyed':
        return usual(
          `${count(event.collections)} of ${counted(event.of, 'collection')}, ${counted(event.rows, 'row')}`,
        );
      case 'shard-lost':
        return lostLine(event.lost);
      case 'planned':
        return [
          ...usual('', ...planTable(event.plan, width())),
          ...strategyTable(event.plan, width()).flatMap(detail),
          ...usual(...newColumns(event.plan), ''),
        ];
      case 'replanning':
        return [
          {
            weight: 'always',
            text: `Warning: ${counted(event.lost.length, 'shard')} turned out not to be usable while being read; starting again without ${event.lost.some(({ status }) => status === 'salvaged') ? 'what cannot be read' : 'them'}`,
          },
        ];
      case 'verified': {
        const { valid, empty, missing, different } = event;
        const others = different === 0 ? '' : `, ${count(different)} different`;
        return usual(`Verification: ${count(valid)} valid, ${count(empty)} empty, ${count(missing)} missing${others}`);
      }
      case 'warning':
        return [{ weight: 'always', text: printableLine(`Warning: ${event.message}`) }];
      case 'stage-started':
        return detail(`${event.stage}: started`);
      case 'stage-finished':
        return detail(`${event.stage}: finished after ${duration(event.seconds)}`);
      case 'resumed': {
        const { shards, ofShards, scatterUnits } = event;
        const units = scatterUnits === 0 ? '' : ` and ${counted(scatterUnits, 'unit')} of scattered rows`;
        return usual(
          `Going on with the interrupted run: ${count(shards)} of ${counted(ofShards, 'shard')}${units} are whole`,
        );
      }
      case 'progress':
      case 'published':
      case 'resumable':
        return [];
    }
  };
}

/** Of a salvaged shard: how much of it is in the job all the same. */
function kept({ rows, rowsKept }: LostShard): string {
  if (rowsKept === undefined) return '';
  const lost = rows === undefined ? '' : `, lost ${count(rows)}`;
  return ` (kept ${counted(rowsKept, 'row')}${lost})`;
}

function heading({ index, of, name, path }: { index: number; of: number; name: string; path: string }): string {
  return `[${count(index + 1)}/${count(of)}] ${name} (${path})`;
}
