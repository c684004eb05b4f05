import { Binary, DataType, Field, FixedSizeList, List, Utf8 } from 'apache-arrow';
import { bytesOfDtype, isDtype, typeOfDtype, type Dtype } from './dtypes.ts';
import type { Form } from './form.ts';

/** What an encoding alone says of its values. */
export interface KnownEncoding {
  readonly form: Form;
  /** The Arrow type they have for who knows no better. */
  readonly type: DataType;
  /** What the values are, if they are read as their text or bytes: the end of a sentence. */
  readonly told?: string;
}

/** As many dimensions as MDS has. */
const mostDimensions = 63;

const textual: Readonly<Record<string, string>> = {
  json: 'JSON, read as its text',
  str_int: 'whole numbers of any size, read as their text',
  str_float: 'floats as text, read as their text',
  str_decimal: 'decimals, read as their text',
};

function text(encoding: string, told?: string): KnownEncoding {
  const form: Form = { layout: 'text', encoding, size: null };
  return { form, type: new Utf8(), ...(told === undefined ? {} : { told }) };
}

function bytes(encoding: string): KnownEncoding {
  return { form: { layout: 'bytes', encoding, size: null }, type: new Binary() };
}

function number(encoding: string, dtype: Dtype): KnownEncoding {
  return { form: { layout: 'fixed', encoding, size: bytesOfDtype(dtype) }, type: typeOfDtype(dtype) };
}

const item = (type: DataType) => new Field('item', type, false);

function array(encoding: string, dtype: Dtype, shape: string | undefined): KnownEncoding | undefined {
  if (shape === undefined)
    return { form: { layout: 'array', encoding, size: null }, type: new List(item(typeOfDtype(dtype))) };
  const counts = shape.split(',').map((count) => (/^[1-9]\d{0,9}$/.test(count) ? Number(count) : NaN));
  const size = counts.reduce((product, count) => product * count, bytesOfDtype(dtype));
  if (!(size < 2 ** 31) || counts.length > mostDimensions) return undefined;
  const type = counts.reduceRight<DataType>(
    (inner, count) => new FixedSizeList(count, item(inner)),
    typeOfDtype(dtype),
  );
  return { form: { layout: 'fixed', encoding, size }, type };
}

/** What is known of an encoding of MDS; undefined for those that are not read. */
export function knownEncoding(encoding: string): KnownEncoding | undefined {
  const [name, parameter, shape, ...others] = encoding.split(':') as [string, ...(string | undefined)[]];
  if (name === 'ndarray' && isDtype(parameter) && others.length === 0) return array(encoding, parameter, shape);
  if (name === 'jpeg' && shape === undefined) return bytes(encoding);
  if (parameter !== undefined) return undefined;
  if (isDtype(name)) return number(encoding, name);
  if (name === 'int') return number(encoding, 'int64');
  if (name === 'str') return text(encoding);
  if (name === 'bytes' || name === 'png') return bytes(encoding);
  return Object.hasOwn(textual, name) ? text(encoding, textual[name]) : undefined;
}
