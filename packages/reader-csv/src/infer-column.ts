import { Bool, Float64, Int64, Null, Utf8, type DataType } from 'apache-arrow';
import { flagOf, unusualNumber } from './cell-of-text.ts';

/** Looks at the fields of one column, but for nulls, and says what they all are. */
export interface ColumnInference {
  add(text: string): void;
  type(): DataType;
}

/** No leading zeros and no plus: such texts are often no numbers (007, +49…), and would not come back. */
const whole = /^-?(?:0|[1-9]\d{0,18})$/;
const fraction = /^-?(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d+)?$/;

function kindOf(text: string): 'integer' | 'float' | 'bool' | 'text' {
  if (whole.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text) && text !== '-0') return 'integer';
  if (unusualNumber(text) !== undefined) return 'float';
  if (fraction.test(text) && Number.isFinite(Number(text)) && !/^-?\d{16,}$/.test(text)) return 'float';
  return typeof flagOf(text) === 'boolean' ? 'bool' : 'text';
}

const types = {
  integer: () => new Int64(),
  float: () => new Float64(),
  bool: () => new Bool(),
  text: () => new Utf8(),
};

/** `int64`, `float64`, `bool`, else `string`; `null` where every field is. Whole numbers that `float64` would change are texts beside fractions. */
export function createColumnInference(): ColumnInference {
  let known: keyof typeof types | undefined;
  let hasLarge = false;
  return {
    add(text) {
      if (known === 'text') return;
      const kind = kindOf(text);
      if (kind === 'integer') hasLarge ||= !Number.isSafeInteger(Number(text));
      if (known === undefined || known === kind) known = kind;
      else known = kind !== 'bool' && known !== 'bool' && kind !== 'text' ? 'float' : 'text';
      if (known === 'float' && hasLarge) known = 'text';
    },
    type: () => (known === undefined ? new Null() : types[known]()),
  };
}
