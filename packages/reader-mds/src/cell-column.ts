import { isUtf8 } from 'node:buffer';
import { createRowBuilder, hasDecimals, parseJson, TextProblem, ValueProblem, type Cell } from '@riffle/codec-text';
import { Schema, type Data } from 'apache-arrow';
import { badValue } from './bad-content.ts';
import type { ColumnSource } from './build-column.ts';

const isWhole = (text: string) => /^-?\d+$/.test(text);

/** Days and times have numbers where they have no text, and decimals are always texts. */
const spelledCell = (text: string, isDecimal: boolean): Cell =>
  !isDecimal && isWhole(text) ? parseJson(text, false) : text;

/** Values of any type, each from a text of its own. */
export function cellColumn({ bytes, starts, sizes, plan: { name, field, form }, firstRow }: ColumnSource): Data {
  const builder = createRowBuilder(new Schema([field.clone({ name: 'value' })]), 'refuse');
  const keepFractions = hasDecimals([field]);
  const isDecimal = form.encoding === 'str_decimal';
  for (let row = 0; row < starts.length; row++) {
    const value = Buffer.from(bytes.buffer, bytes.byteOffset + starts[row]!, sizes![row]!);
    if (!isUtf8(value)) throw badValue(firstRow + row, name, 'it is not UTF-8');
    const text = value.toString('utf8');
    try {
      const cell = form.layout === 'json' ? parseJson(text, keepFractions) : spelledCell(text, isDecimal);
      builder.append({ value: cell }, value.length);
    } catch (error) {
      if (error instanceof TextProblem) throw badValue(firstRow + row, name, `it is no JSON: ${error.message}`);
      if (!(error instanceof ValueProblem)) throw error;
      // The first step is the name that the column has here.
      const path = error.path.slice(1).map((step) => (step.startsWith('[') ? step : `.${step}`));
      throw badValue(firstRow + row, name, error.message, path.join(''));
    }
  }
  return builder.finish().data.children[0]!;
}
