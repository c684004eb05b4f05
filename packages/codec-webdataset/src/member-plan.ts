import { RiffleError } from '@riffle/core';
import { DataType, type Field, type Schema } from 'apache-arrow';

/** A value that is a member of its own. */
export interface MemberTarget {
  /** Ending of the member's name. */
  readonly ending: string;
  /** Names from the column down through structs. */
  readonly path: readonly string[];
  readonly type: DataType;
}

/** Which part of a row is where in its sample. */
export interface MemberPlan {
  readonly schema: Schema;
  /** Whether the column `__key__` is the sample's key. */
  readonly hasKey: boolean;
  readonly targets: readonly MemberTarget[];
  /** Columns in the member `json`, without what is a target; empty if there is no such member. */
  readonly jsonColumns: readonly Field[];
}

/** Path with dots by ending: `{"audio.bytes": "wav"}`. */
export type Renames = Readonly<Record<string, string>>;

export const KEY = '__key__';
export const JSON_ENDING = 'json';
/** An empty member of rows that have no other, which would vanish. */
export const NOTHING = 'null';
/** A file in front of the samples that WebDataset passes over: which columns were renamed. */
export const NOTE = '__riffle__';

/** Endings that WebDataset decodes as text and as whole numbers. Source: `webdataset` 1.0.2, `autodecode.py` (BSD-3-Clause). */
export const textEndings: ReadonlySet<string> = new Set(['txt', 'text', 'transcript']);
export const numberEndings: ReadonlySet<string> = new Set(['cls', 'cls2', 'class', 'count', 'index', 'inx', 'id']);

const endingPattern = /^(?!__)[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*$/;

export const isText = (type: DataType) => DataType.isUtf8(type) || DataType.isLargeUtf8(type);
const isBytes = (type: DataType) => DataType.isBinary(type) || DataType.isLargeBinary(type);
/** Whether a value can be a member's bytes as it is. */
export const isPlain = (type: DataType) => isText(type) || isBytes(type) || DataType.isInt(type);

const invalid = (message: string) => new RiffleError('RECIPE_INVALID', message);

function find(fields: readonly Field[], names: readonly string[]): Field | undefined {
  const field = fields.find(({ name }) => name === names[0]);
  if (field === undefined || names.length === 1) return field;
  return DataType.isStruct(field.type) ? find(field.type.children, names.slice(1)) : undefined;
}

function renamed({ fields }: Schema, path: string, ending: string): MemberTarget {
  const whole = fields.some(({ name }) => name === path);
  const names = whole ? [path] : path.split('.');
  const field = find(fields, names);
  if (field === undefined) throw invalid(`The option members names ${path}, and no column is called so.`);
  if (!isPlain(field.type as DataType))
    throw invalid(`The option members names ${path}, which is neither bytes nor text nor a whole number.`);
  if (!endingPattern.test(ending) || ending === JSON_ENDING || ending === NOTHING)
    throw invalid(
      `The option members gives ${path} the ending ${ending}; give one of small letters and digits, not json or null.`,
    );
  return { ending, path: names, type: field.type as DataType };
}

function isNatural(name: string, type: DataType): boolean {
  if (!endingPattern.test(name) || name === JSON_ENDING || name === NOTHING) return false;
  if (isBytes(type)) return true;
  return (isText(type) && textEndings.has(name)) || (DataType.isInt(type) && numberEndings.has(name));
}

/**
 * Decides by names and types alone, so that a reader who knows them decides the same.
 * @throws RiffleError `RECIPE_INVALID` for renames that do not fit the schema
 */
export function planMembers(schema: Schema, renames: Renames): MemberPlan {
  const targets = Object.entries(renames).map(([path, ending]) => renamed(schema, path, ending));
  const whole = new Set(targets.filter(({ path }) => path.length === 1).map(({ path }) => path[0]));
  let hasKey = false;
  const rest: Field[] = [];
  for (const field of schema.fields) {
    const { name } = field;
    const type = field.type as DataType;
    if (whole.has(name)) continue;
    if (name === KEY && isText(type)) hasKey = true;
    else if (isNatural(name, type) && targets.every(({ ending }) => ending !== name))
      targets.push({ ending: name, path: [name], type });
    else rest.push(field);
  }
  const endings = new Set(targets.map(({ ending }) => ending));
  if (endings.size < targets.length) throw invalid('The option members gives two columns the same ending.');
  const [only] = rest;
  if (rest.length === 1 && only!.name === JSON_ENDING && isText(only!.type as DataType))
    return {
      schema,
      hasKey,
      targets: [...targets, { ending: JSON_ENDING, path: [JSON_ENDING], type: only!.type as DataType }],
      jsonColumns: [],
    };
  return { schema, hasKey, targets, jsonColumns: rest };
}
