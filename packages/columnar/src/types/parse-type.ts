import {
  DataType,
  Decimal,
  Duration,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  LargeList,
  List,
  Map_,
  Struct,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Timestamp,
  type TimeUnit,
} from 'apache-arrow';
import { leafTypeOf } from './leaf-type-names.ts';
import { createTypeScanner, TypeProblem, type TypeScanner } from './type-scanner.ts';
import { deepestType } from './type-text.ts';

const mostElements = 2 ** 31 - 1;
const mostDigits: Readonly<Record<string, number>> = { decimal: 38, decimal128: 38, decimal256: 76 };
const units: readonly string[] = ['s', 'ms', 'us', 'ns'];
const clocks = [
  () => new TimeSecond(),
  () => new TimeMillisecond(),
  () => new TimeMicrosecond(),
  () => new TimeNanosecond(),
] as const;

/**
 * The type that a text means, as `typeText` writes it: `int64`, `list<string>`, `struct<a: int32, b: list<string>>`,
 * `timestamp[us, UTC]`, `decimal128(9, 2)`. Understood too are pyarrow's own spellings (`float`, `double`, `date32[day]`,
 * `timestamp[us, tz=UTC]`, `fixed_size_binary[16]`, `list<item: int64>`, `fixed_size_list<item: float>[3]`), `utf8`, `bytes`, `boolean`,
 * and views, which are read as the type they show. All fields are nullable, but for the keys of maps.
 * @returns The type, or a sentence without a full stop that says what is wrong with the text.
 */
export function parseType(text: string): DataType | string {
  const scanner = createTypeScanner(text);
  try {
    const type = parseAt(scanner, 0);
    scanner.end();
    return type;
  } catch (error) {
    if (!(error instanceof TypeProblem)) throw error;
    return `it is no type: ${error.message}`;
  }
}

function parseAt(scanner: TypeScanner, depth: number): DataType {
  if (depth > deepestType) throw new TypeProblem(`types may nest ${deepestType} levels deep at most`);
  const name = scanner.name('a type').toLowerCase();
  switch (name) {
    case 'list':
      return new List(inBrackets(scanner, () => elementField(scanner, depth)));
    case 'large_list':
      return new LargeList(inBrackets(scanner, () => elementField(scanner, depth)));
    case 'fixed_size_list':
      return fixedSizeList(scanner, depth);
    case 'struct':
      return new Struct(inBrackets(scanner, () => structFields(scanner, depth)));
    case 'map':
      return inBrackets(scanner, () => mapType(scanner, depth));
    case 'timestamp':
      return timestamp(scanner);
    case 'duration':
      return new Duration(inSquares(scanner, () => unit(scanner)));
    case 'time32':
    case 'time64':
      return clock(scanner, name);
    case 'fixed_size_binary':
      return new FixedSizeBinary(inParentheses(scanner, () => scanner.integer('the width in bytes', 1, mostElements)));
    case 'decimal':
    case 'decimal128':
    case 'decimal256':
      return inParentheses(scanner, () => decimal(scanner, name));
    default:
      return leafType(scanner, name);
  }
}

function leafType(scanner: TypeScanner, name: string): DataType {
  if (name === 'dictionary') throw new TypeProblem('"dictionary" is how a file stores values; name their own type');
  const type = leafTypeOf(name);
  if (type === undefined)
    throw new TypeProblem(
      `${JSON.stringify(name)} is not known; there are int64, float32, bool, string, binary, date32, timestamp[us, UTC], decimal128(9, 2), list<int64>, struct<a: int32> and others`,
    );
  // As pyarrow prints them.
  const suffix = name === 'date32' ? '[day]' : name === 'date64' ? '[ms]' : '';
  if (suffix !== '') scanner.skip(suffix);
  return type;
}

function between<Result>(scanner: TypeScanner, open: string, close: string, parse: () => Result): Result {
  scanner.expect(open);
  const result = parse();
  scanner.expect(close);
  return result;
}

const inBrackets = <Result>(scanner: TypeScanner, parse: () => Result) => between(scanner, '<', '>', parse);
const inSquares = <Result>(scanner: TypeScanner, parse: () => Result) => between(scanner, '[', ']', parse);

function inParentheses<Result>(scanner: TypeScanner, parse: () => Result): Result {
  return scanner.skip('[') ? closedBy(scanner, ']', parse) : between(scanner, '(', ')', parse);
}

function closedBy<Result>(scanner: TypeScanner, close: string, parse: () => Result): Result {
  const result = parse();
  scanner.expect(close);
  return result;
}

/** With or without the name that pyarrow gives elements. */
function elementField(scanner: TypeScanner, depth: number): Field {
  const start = scanner.position();
  const name = scanner.name('the type of the elements');
  const isNamed = scanner.skip(':');
  if (!isNamed) scanner.goTo(start);
  return new Field(isNamed ? name : 'item', parseAt(scanner, depth + 1), true);
}

function fixedSizeList(scanner: TypeScanner, depth: number): DataType {
  const readSize = () => scanner.integer('the length of the lists', 0, mostElements);
  const [field, inner] = inBrackets(scanner, () => [
    elementField(scanner, depth),
    scanner.skip(',') ? readSize() : undefined,
  ]);
  return new FixedSizeList(inner ?? inSquares(scanner, readSize), field);
}

function structFields(scanner: TypeScanner, depth: number): Field[] {
  const fields: Field[] = [];
  const start = scanner.position();
  if (scanner.skip('>')) {
    scanner.goTo(start);
    return fields;
  }
  do {
    const name = scanner.name('the name of a field, quoted as in JSON if it has blanks or one of <>()[]{},:" in it,');
    scanner.expect(':');
    fields.push(new Field(name, parseAt(scanner, depth + 1), true));
  } while (scanner.skip(','));
  return fields;
}

function mapType(scanner: TypeScanner, depth: number): DataType {
  const key = new Field('key', parseAt(scanner, depth + 1), false);
  scanner.expect(',');
  const value = new Field('value', parseAt(scanner, depth + 1), true);
  const entries = new Struct<{ key: DataType; value: DataType }>([key, value]);
  return new Map_(new Field('entries', entries, false), false);
}

function unit(scanner: TypeScanner): TimeUnit {
  const word = scanner.word();
  const index = units.indexOf(word);
  if (index < 0) throw new TypeProblem(`${JSON.stringify(word)} is no unit; there are s, ms, us and ns`);
  return index as TimeUnit;
}

function timestamp(scanner: TypeScanner): DataType {
  return inSquares(scanner, () => {
    const ticks = unit(scanner);
    if (!scanner.skip(',')) return new Timestamp(ticks);
    scanner.skip('tz=');
    // An offset such as +01:00 has a colon in it.
    const zone = [scanner.name('a time zone')];
    while (scanner.skip(':')) zone.push(scanner.name('a time zone'));
    return new Timestamp(ticks, zone.join(':'));
  });
}

function clock(scanner: TypeScanner, name: string): DataType {
  const type = clocks[inSquares(scanner, () => unit(scanner))]();
  if (name !== `time${type.bitWidth}`)
    throw new TypeProblem(`${name} has no such unit; seconds and milliseconds take time32, finer units time64`);
  return type;
}

/** Scales as Parquet has them: from 0 to the precision. */
function decimal(scanner: TypeScanner, name: string): DataType {
  const precision = scanner.integer('the precision', 1, mostDigits[name]!);
  const scale = scanner.skip(',') ? scanner.integer('the scale', 0, precision) : 0;
  return new Decimal(scale, precision, name === 'decimal256' ? 256 : 128);
}
