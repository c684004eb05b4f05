import { DataType, type Time, type Timestamp } from 'apache-arrow';
import { noBytes, wordsOf, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { bytesOfWords, withValues } from './convert-numbers.ts';
import { lowestPresent } from './presence.ts';
import { valueText } from './print-values.ts';
import { dividePairs, multiplyPairs, narrowPairs, widenWords } from './wide-integer.ts';

/** What a tick of a type is worth. Types of one family say the same in other units. */
interface Clock {
  readonly family: 'date' | 'time' | 'timestamp' | 'duration';
  readonly nanosecondsPerTick: number;
  readonly width: number;
}

/** Indexed by TimeUnit. */
const nanosecondsPerUnit = [1e9, 1e6, 1e3, 1] as const;

function clockOf(type: DataType): Clock | undefined {
  const clock = (family: Clock['family'], nanosecondsPerTick: number): Clock => {
    return { family, nanosecondsPerTick, width: (layoutOf(type) as { readonly width: number }).width };
  };
  if (DataType.isDate(type)) return clock('date', type.unit === 0 ? 86_400e9 : 1e6);
  if (DataType.isTime(type)) return clock('time', nanosecondsPerUnit[(type as Time).unit]);
  if (DataType.isTimestamp(type)) return clock('timestamp', nanosecondsPerUnit[(type as Timestamp).unit]);
  if (DataType.isDuration(type)) return clock('duration', nanosecondsPerUnit[type.unit]);
  return undefined;
}

/**
 * Dates, times, timestamps or durations in another unit. Zones are labels and shift nothing.
 * @throws ConversionFailure for the first value that is too large for the finer unit or no whole number of the coarser one.
 */
export function convertTimes(source: Column, target: DataType): Column {
  const from = clockOf(source.type);
  const to = clockOf(target);
  if (from === undefined || to === undefined || from.family !== to.family)
    throw misfit(source.type, target, { kind: 'time' });
  const values = source.values ?? noBytes;
  if (from.nanosecondsPerTick === to.nanosecondsPerTick && from.width === to.width)
    return withValues(source, target, values);
  const count = source.length;
  const changed = lowestPresent(source);
  const { suspect } = changed;
  const pairs = from.width === 4 ? widenWords(wordsOf(values), count) : wordsOf(values);
  const converted =
    from.nanosecondsPerTick >= to.nanosecondsPerTick
      ? multiplyPairs(pairs, count, from.nanosecondsPerTick / to.nanosecondsPerTick, suspect)
      : dividePairs(pairs, count, to.nanosecondsPerTick / from.nanosecondsPerTick, suspect);
  const out = to.width === 4 ? narrowPairs(converted, count, suspect) : converted;
  if (changed.row < Infinity) refuse(changed.row, valueText(source, changed.row), target);
  return withValues(source, target, bytesOfWords(out));
}
