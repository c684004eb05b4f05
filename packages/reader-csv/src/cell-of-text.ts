import type { Cell } from '@riffle/codec-text';
import { RiffleError } from '@riffle/core';
import { DataType, type Field } from 'apache-arrow';
import { typeText } from '@riffle/columnar';

/** What a field means in a column of a type; a text that means nothing there stays one, and the column refuses it. */
export type CellOfText = (text: string) => Cell;

const whole = /^[+-]?\d{1,400}$/;
const fraction = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const wholeOf: CellOfText = (text) => {
  if (!whole.test(text)) return text;
  return text.length <= 15 ? Number(text) : BigInt(text.startsWith('+') ? text.slice(1) : text);
};

const unusual: Readonly<Record<string, string>> = {
  nan: 'NaN',
  inf: 'Infinity',
  '+inf': 'Infinity',
  '-inf': '-Infinity',
  infinity: 'Infinity',
  '+infinity': 'Infinity',
  '-infinity': '-Infinity',
};

/** The word for what is no number in text, in the spelling of the builders; undefined for other texts. */
export function unusualNumber(text: string): string | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(unusual, word) ? unusual[word] : undefined;
}

const floatOf: CellOfText = (text) => (fraction.test(text) ? Number(text) : (unusualNumber(text) ?? text));

const flags: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};
export const flagOf: CellOfText = (text) => (Object.hasOwn(flags, text) ? flags[text]! : text);

const asItIs: CellOfText = (text) => text;
const wholeOrText: CellOfText = (text) => (whole.test(text) ? wholeOf(text) : text);

/**
 * How fields of a column are read.
 * @throws RiffleError `PLUGIN_INVALID` for types with children, which a field does not hold
 */
export function cellOfText({ name, type }: Field): CellOfText {
  if (((type as DataType).children ?? []).length > 0)
    throw new RiffleError(
      'PLUGIN_INVALID',
      `Column ${name} cannot be ${typeText(type as DataType)}: a field of CSV holds one value. Read it as string.`,
      { column: name },
    );
  if (DataType.isInt(type) || DataType.isDuration(type)) return wholeOf;
  if (DataType.isFloat(type)) return floatOf;
  if (DataType.isBool(type)) return flagOf;
  if (DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type)) return wholeOrText;
  return asItIs;
}
