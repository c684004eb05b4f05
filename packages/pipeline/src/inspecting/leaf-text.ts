import { castTo, columnsOfBatch, convertBatch, sliceBatch, typeText } from '@riffle/columnar';
import { Data, DataType, Field, RecordBatch, Schema, Struct, Utf8, Vector } from 'apache-arrow';
import { beginning, LONGEST_TEXT, visible } from './short-text.ts';

const target = new Utf8();
const targetSchema = new Schema([new Field('value', target, true)]);

/** As a recipe's `cast` to text would print it, or undefined where there is no such cast. */
function castText(data: Data, index: number): string | undefined {
  const conversion = castTo(data.type as DataType, target);
  if (conversion === undefined) return undefined;
  const schema = new Schema([new Field('value', data.type as DataType, true)]);
  const parent = new Data(
    new Struct(schema.fields),
    0,
    data.length,
    0,
    [undefined, undefined, undefined, undefined] as never,
    [data],
  );
  const batch = sliceBatch(columnsOfBatch(new RecordBatch(schema, parent as never)), index, index + 1);
  const [column] = convertBatch(batch, targetSchema, [{ source: 0, conversion }]).columns;
  const { offsets, values } = column!;
  if (offsets === undefined || values === undefined) return undefined;
  return new TextDecoder().decode(values.subarray(offsets[0], offsets[1]));
}

/** A number, date, time, decimal or the like as text: never fails, never long. The row must not be null. */
export function leafText(data: Data, index: number): string {
  let text: string | undefined;
  try {
    text = castText(data, index);
  } catch {
    // A date of no calendar has no text as such; its number has.
  }
  if (text === undefined) {
    try {
      text = String(new Vector([data as Data<never>]).get(index));
    } catch {
      text = `a ${typeText(data.type as DataType)}`;
    }
  }
  return visible(beginning(text, LONGEST_TEXT));
}
