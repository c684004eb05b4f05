import { DataType, type Decimal, type Float, type Timestamp } from 'apache-arrow';
import { isTextual, logicalText, type Logical } from './logical-values.ts';

/** What became of one value: its text, or `refused`. */
interface Outcome {
  readonly from: DataType;
  readonly to: DataType;
  readonly value: Logical;
  readonly ours: string;
  readonly theirs: string;
}

interface KnownDifference {
  readonly title: string;
  readonly applies: (outcome: Outcome) => boolean;
}

const refused = 'refused';
const isHalf = (type: DataType) => DataType.isFloat(type) && (type as Float).precision === 0;
const isInteger = (type: DataType) =>
  DataType.isInt(type) || (DataType.isDictionary(type) && DataType.isInt(type.dictionary as DataType));
const isText = (type: DataType) =>
  isTextual(type) || (DataType.isDictionary(type) && isTextual(type.dictionary as DataType));
const textOf = (outcome: string) => JSON.parse(outcome) as string;

/** In nanoseconds: until April 1893 Berlin was 53 minutes and 28 seconds ahead. */
const lastOfLocalMeanTime = BigInt(Date.parse('1893-03-31T23:06:32Z')) * 1_000_000n;

function isOutsideTheCalendar(type: Timestamp, ticks: bigint): boolean {
  const milliseconds = Number(ticks) / 1000 ** (type.unit - 1);
  return milliseconds < Date.parse('0000-01-01T00:00:00Z') || milliseconds >= Date.parse('9999-12-31T23:59:59.999Z');
}

/** Every way in which `cast(safe=True)` of pyarrow 26 is deliberately not followed. All are seen in the matrix, and nothing else is. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    title:
      'pyarrow refuses integers beyond 2^24 or 2^53 as floats, also those that are exact; here only those that are not',
    applies: ({ from, to, ours, theirs }) =>
      isInteger(from) && DataType.isFloat(to) && ours !== refused && theirs === refused,
  },
  {
    title: 'pyarrow rounds integers to float16; here they must be exact',
    applies: ({ from, to, ours }) => isInteger(from) && isHalf(to) && ours === refused,
  },
  {
    title: 'pyarrow rounds floats to narrower ones, up to infinity; here they must be exact',
    applies: ({ from, to, ours }) => DataType.isFloat(from) && DataType.isFloat(to) && ours === refused,
  },
  {
    title:
      'pyarrow refuses integers as decimals whose precision is too small for all of them; here for those alone that do not fit',
    applies: ({ from, to, ours, theirs }) =>
      isInteger(from) && DataType.isDecimal(to) && ours !== refused && theirs === refused,
  },
  {
    title: 'pyarrow prints small decimals with an exponent; here never',
    applies: ({ from, to, ours, theirs }) =>
      DataType.isDecimal(from) && isText(to) && /E[+-]/.test(theirs) && Number(textOf(ours)) === Number(textOf(theirs)),
  },
  {
    title: 'pyarrow prints large floats with an exponent from 1e15 on; here from 1e21 on, as JavaScript',
    applies: ({ from, to, ours, theirs }) =>
      DataType.isFloat(from) && isText(to) && /e[+-]/.test(theirs) && Number(textOf(ours)) === Number(textOf(theirs)),
  },
  {
    title: 'pyarrow writes "<value out of range>" as the text of a date; here that is refused',
    applies: ({ to, ours, theirs }) => isText(to) && ours === refused && theirs.startsWith('"<value out of range'),
  },
  {
    title: 'pyarrow drops the time of day when it prints a date64; here that is refused',
    applies: ({ from, to, value, ours }) =>
      DataType.isDate(from) && isText(to) && ours === refused && (value as bigint) % 86_400_000n !== 0n,
  },
  {
    title: 'pyarrow prints an instant in its zone; here in UTC',
    applies: ({ from, to, ours, theirs }) =>
      DataType.isTimestamp(from) &&
      (from as Timestamp).timezone === 'Europe/Berlin' &&
      isText(to) &&
      Date.parse(textOf(ours)) === Date.parse(textOf(theirs)),
  },
  {
    title:
      'pyarrow prints other instants in old Berlin, whose offset had seconds, and in the last hour of int64; here in UTC',
    applies: ({ from, to, value, ours }) =>
      DataType.isTimestamp(from) &&
      (from as Timestamp).timezone === 'Europe/Berlin' &&
      isText(to) &&
      ours !== refused &&
      ((value as bigint) < lastOfLocalMeanTime || (value as bigint) > 2n ** 63n - 3_600_000_000_000n),
  },
  {
    title: 'pyarrow prints instants before the year 0 and after 9999, some of them wrong; here they are refused',
    applies: ({ from, to, value, ours }) =>
      DataType.isTimestamp(from) && isText(to) && ours === refused && isOutsideTheCalendar(from, value as bigint),
  },
  {
    title: 'pyarrow finds a date64 invalid that is no whole day; here it is kept as it is',
    applies: ({ from, to, value, ours, theirs }) =>
      DataType.isDate(from) && String(from) === String(to) && theirs === refused && ours === String(value),
  },
  {
    title: 'pyarrow reads a text beyond the largest float16 as infinity; here it is refused',
    applies: ({ from, to, ours, theirs }) => isText(from) && isHalf(to) && ours === refused && theirs === 'Infinityf',
  },
  {
    title: 'pyarrow reads a date as its midnight; here a timestamp needs a time',
    applies: ({ from, to, value, ours }) =>
      isText(from) && DataType.isTimestamp(to) && ours === refused && /^\d{4}-\d\d-\d\d$/.test(value as string),
  },
  {
    title: 'pyarrow reads the text behind a null as a time of day, and refuses it; here a null is null',
    applies: ({ from, to, value, ours, theirs }) =>
      isText(from) && DataType.isTime(to) && value === null && ours === 'null' && theirs === refused,
  },
  {
    title: 'pyarrow refuses another fixed size by the type; here a null list may have any',
    applies: ({ from, to, value, ours, theirs }) =>
      DataType.isFixedSizeList(from) &&
      DataType.isFixedSizeList(to) &&
      value === null &&
      ours === 'null' &&
      theirs === refused,
  },
  {
    title: 'pyarrow takes every integer but 0 for true; here 1 alone',
    applies: ({ from, to, value, ours, theirs }) =>
      isInteger(from) && DataType.isBool(to) && value !== 1n && ours === refused && theirs === 'true',
  },
  {
    title: 'pyarrow rounds decimals to floats, and back; here what would not come back is refused',
    applies: ({ from, to, ours }) =>
      ((DataType.isDecimal(from) && DataType.isFloat(to)) || (DataType.isFloat(from) && DataType.isDecimal(to))) &&
      ours === refused,
  },
  {
    title: 'pyarrow misses the float next to a decimal by a little; here it is the next',
    applies: ({ from, to, value, ours }) => {
      if (!DataType.isDecimal(from) || !DataType.isFloat(to)) return false;
      const next = Number(`${value as bigint}e${-(from as Decimal).scale}`);
      return ours === logicalText((to as Float).precision === 1 ? Math.fround(next) : next);
    },
  },
  {
    title: 'pyarrow has no way between decimals and float16',
    applies: ({ from, to, ours, theirs }) =>
      ((DataType.isDecimal(from) && isHalf(to)) || (isHalf(from) && DataType.isDecimal(to))) &&
      ours !== refused &&
      theirs === refused,
  },
];
