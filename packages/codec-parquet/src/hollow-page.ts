import { createLevelRuns } from './level-runs.ts';
import type { LeafColumn } from './leaf-columns.ts';
import { pageHeader } from './page-header.ts';

/** `count` equal levels. */
function equalLevels(largest: number, level: number, count: number): Uint8Array {
  const runs = createLevelRuns(largest);
  runs.put(level, count);
  return runs.take();
}

/** A page of `rows` rows without a value, down to a definition level less than the leaf's own. */
export function hollowPage(leaf: LeafColumn, rows: number, level: number): Uint8Array {
  const levels = [
    ...(leaf.maximumRepetitionLevel > 0 ? [equalLevels(leaf.maximumRepetitionLevel, 0, rows)] : []),
    equalLevels(leaf.maximumDefinitionLevel, level, rows),
  ];
  const header = pageHeader({
    values: rows,
    bodyBytes: levels.reduce((sum, { length }) => sum + length, 0),
    encoding: 'PLAIN',
  });
  return Buffer.concat([header, ...levels]);
}
