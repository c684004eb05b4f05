import { castTo, typeText } from '@riffle/columnar';
import { DataType, Timestamp, Utf8, type TimeUnit } from 'apache-arrow';
import type { RecipeLine, SchemaConflict } from './schema-conflict.ts';

export interface SourceType {
  readonly source: number;
  readonly type: DataType;
}

/** Timestamps that differ in their zone: either both are instants of one of the zones, or faces of a clock. */
function zoneLines(path: string, one: DataType, other: DataType): RecipeLine[] {
  if (!DataType.isTimestamp(one) || !DataType.isTimestamp(other)) return [];
  const unit = Math.max(one.unit, other.unit) as TimeUnit;
  const zones = [one, other].map((type) => (type as Timestamp).timezone || null);
  return [...new Set(zones)]
    .sort((left, right) => Number(left === null) - Number(right === null))
    .map((zone) => ({
      rule: 'cast',
      path,
      value: typeText(new Timestamp(unit, zone)),
      effect:
        zone === null
          ? 'drop the zone: the stored UTC readings stay'
          : `take what is stored as ${zone}: the stored UTC instants stay, readings without a zone count as UTC`,
    }));
}

/** Types that both can be cast to, the one that loses no value first. */
function castLines(path: string, one: DataType, other: DataType): RecipeLine[] {
  const wanted = [new Utf8(), one, other].filter((target) =>
    [one, other].every((type) => castTo(type, target) !== undefined),
  );
  const texts = [...new Set(wanted.map(typeText))];
  return texts.map((text) => ({
    rule: 'cast',
    path,
    value: text,
    effect:
      text === typeText(new Utf8())
        ? 'take all values as text'
        : `convert all to ${text}; a value that it cannot hold fails its shard`,
  }));
}

/** Two types without a common one, with the lines of a recipe that would decide. */
export function typeConflict(column: string, path: string, one: SourceType, other: SourceType): SchemaConflict {
  const zones = zoneLines(path, one.type, other.type);
  return {
    path,
    one: { source: one.source, has: typeText(one.type) },
    other: { source: other.source, has: typeText(other.type) },
    lines: [
      ...(zones.length > 0 ? zones : castLines(path, one.type, other.type)),
      { rule: 'drop', path: column, effect: 'leave the column out' },
    ],
  };
}
