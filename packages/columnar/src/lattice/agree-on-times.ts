import {
  DataType,
  DateMillisecond,
  Duration,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Timestamp,
  type TimeUnit,
} from 'apache-arrow';

/** By unit. Seconds and milliseconds of a day take 32 bits, finer units 64. */
const times = [
  () => new TimeSecond(),
  () => new TimeMillisecond(),
  () => new TimeMicrosecond(),
  () => new TimeNanosecond(),
] as const;

const finer = (one: TimeUnit, other: TimeUnit) => Math.max(one, other) as TimeUnit;

/** The finer unit of two dates, times, durations, or timestamps of one zone; undefined if they are no such pair. */
export function agreeOnTimes(one: DataType, other: DataType): DataType | undefined {
  if (DataType.isDate(one) && DataType.isDate(other)) return one.unit === other.unit ? one : new DateMillisecond();
  if (DataType.isTime(one) && DataType.isTime(other)) return times[finer(one.unit, other.unit)]();
  if (DataType.isDuration(one) && DataType.isDuration(other)) return new Duration(finer(one.unit, other.unit));
  if (DataType.isTimestamp(one) && DataType.isTimestamp(other)) {
    // Another zone is another meaning, and no zone is not UTC.
    if ((one.timezone ?? '') !== (other.timezone ?? '')) return undefined;
    return new Timestamp(finer(one.unit, other.unit), one.timezone);
  }
  return undefined;
}
