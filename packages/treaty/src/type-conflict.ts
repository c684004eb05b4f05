import { agreeOnFields, castTo, typeText } from '@riffle/columnar';
import { DataType, Field, Timestamp, Utf8, type TimeUnit } from 'apache-arrow';
import type { RecipeLine, SchemaConflict } from './schema-conflict.ts';
import { storedType } from './stored-type.ts';

export interface SourceType {
  readonly source: number;
  readonly type: DataType;
}

/** Timestamps that differ in their zone: either both are instants of one of the zones, or faces of a clock. */
function zoneLines(path: string, types: readonly DataType[]): RecipeLine[] {
  const timestamps = types.filter((type): type is Timestamp => DataType.isTimestamp(type));
  if (timestamps.length < types.length) return [];
  const unit = Math.max(...timestamps.map((type) => type.unit)) as TimeUnit;
  const zones = timestamps.map(({ timezone }) => timezone || null);
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

/** One source for each type beside the two that are told already. */
function furtherTypes(told: readonly SourceType[], all: readonly SourceType[]): NonNullable<SchemaConflict['further']> {
  const seen = new Set(told.map(({ type }) => typeText(type)));
  return all.flatMap(({ source, type }) => {
    const has = typeText(type);
    if (DataType.isNull(type) || seen.has(has)) return [];
    seen.add(has);
    return [{ source, has }];
  });
}

/** The type widened to those of all that mean the same. */
function widened(type: DataType, types: readonly DataType[]): DataType {
  return types.reduce<DataType>((wide, other) => {
    const agreed = agreeOnFields(new Field('', wide), new Field('', other));
    return agreed instanceof Field ? (agreed.type as DataType) : wide;
  }, type);
}

/** Whether some timestamps have a zone that others have not. */
function differInZone(types: readonly DataType[]): boolean {
  const zones = types.flatMap((type) => (DataType.isTimestamp(type) ? [type.timezone || ''] : []));
  return zones.includes('') && new Set(zones).size > 1;
}

/** Types that all can be cast to, the one that loses no value first. */
function castLines(path: string, types: readonly DataType[], one: DataType, other: DataType): RecipeLine[] {
  const wanted = [new Utf8(), widened(one, types), widened(other, types)]
    .map(storedType)
    .filter((target) => types.every((type) => castTo(type, target) !== undefined));
  const texts = [...new Set(wanted.map(typeText))];
  return texts.map((text) => ({
    rule: 'cast',
    path,
    value: text,
    effect:
      text === typeText(new Utf8())
        ? 'take all values as text'
        : `convert all to ${text}; a value that it cannot hold fails its shard${differInZone(types) ? ', a reading without a zone counts as UTC' : ''}`,
  }));
}

/**
 * Two types without a common one, with the lines of a recipe that would decide.
 * @param all what all sources have at that path: a line must suit them, too
 */
export function typeConflict(
  column: string,
  path: string,
  one: SourceType,
  other: SourceType,
  all: readonly SourceType[],
): SchemaConflict {
  const present = all.map(({ type }) => type).filter((type) => !DataType.isNull(type));
  const zones = zoneLines(path, present);
  const further = furtherTypes([one, other], all);
  return {
    path,
    one: { source: one.source, has: typeText(one.type) },
    other: { source: other.source, has: typeText(other.type) },
    ...(further.length === 0 ? {} : { further }),
    lines: [
      ...(zones.length > 0 ? zones : castLines(path, present, one.type, other.type)),
      { rule: 'drop', path: column, effect: 'leave the column out' },
    ],
  };
}
