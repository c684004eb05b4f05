import { isUtf8 } from 'node:buffer';
import { hasDecimals, isObject, parseJson, TextProblem, ValueProblem, type Cell } from '@riffle/codec-text';
import {
  isPlain,
  isText,
  JSON_ENDING,
  KEY,
  NOTHING,
  type MemberPlan,
  type MemberTarget,
} from '@riffle/codec-webdataset';
import { BadContentError } from '@riffle/core';
import { DataType } from 'apache-arrow';

/** The members of one sample by ending. */
export type Members = ReadonlyMap<string, Uint8Array>;

type Row = Record<string, Cell>;

/** A string of the machine holds not much more. */
const longestText = 2 ** 28;
const longestDigits = 100;

const damaged = (reason: string) => new BadContentError(reason, { kind: 'damaged' });

function problemAt(path: readonly string[], message: string): ValueProblem {
  const problem = new ValueProblem(message);
  problem.path.push(...path);
  return problem;
}

function textOf(bytes: Uint8Array, path: readonly string[]): string {
  if (bytes.length > longestText) throw problemAt(path, `a text of ${bytes.length} bytes is not read, only as binary`);
  if (!isUtf8(bytes)) throw problemAt(path, 'a text is not UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** A whole number of digits in ASCII, or the text that is none, for a message. */
function wholeNumber(bytes: Uint8Array): Cell {
  const text = Buffer.from(bytes.subarray(0, longestDigits)).toString('latin1').trim();
  if (bytes.length > longestDigits || !/^[+-]?\d+$/.test(text)) return text;
  const value = BigInt(text.replace(/^\+/, ''));
  return value === BigInt.asIntN(53, value) ? Number(value) : value;
}

function put(row: Row, path: readonly string[], value: Cell): void {
  let parent = row;
  for (const name of path.slice(0, -1)) {
    const next = Object.hasOwn(parent, name) ? parent[name] : undefined;
    if (!isObject(next)) throw damaged(`It has a member for ${path.join('.')}, and ${name} is no object.`);
    parent = next;
  }
  const name = path.at(-1)!;
  if (Object.hasOwn(parent, name)) throw damaged(`It has two values for ${path.join('.')}.`);
  parent[name] = value;
}

/** What went wrong in a sample as bad content that names it; other errors as they are. */
export function inSample(key: string, error: unknown): unknown {
  const sample = `In the sample ${JSON.stringify(key.slice(0, 200))}`;
  if (error instanceof ValueProblem) {
    const column = error.path.join('.').replaceAll('.[', '[');
    return new BadContentError(
      `${sample}, column ${column}: ${error.message}.`,
      { kind: 'damaged', column },
      { cause: error },
    );
  }
  if (!(error instanceof BadContentError)) return error;
  return new BadContentError(`${sample}: ${error.reason}`, error.details, { cause: error });
}

/**
 * Makes rows of samples: values by column, before they have types. Bytes are views of the members.
 * @throws BadContentError or ValueProblem, from what is returned, for members that are no such row: see {@link inSample}
 */
export function sampleRows(plan: MemberPlan): (key: string, members: Members) => { readonly [name: string]: Cell } {
  const { hasKey, targets, jsonColumns } = plan;
  const known = new Set(targets.map(({ ending }) => ending));
  const names = new Set(jsonColumns.map(({ name }) => name));
  const keepFractions = hasDecimals(plan.schema.fields);

  function jsonOf(bytes: Uint8Array, path: readonly string[]): Cell {
    try {
      return parseJson(textOf(bytes, path).replace(/^\ufeff/, ''), keepFractions);
    } catch (cause) {
      if (!(cause instanceof TextProblem)) throw cause;
      throw new BadContentError(
        `Its JSON cannot be read, character ${cause.characters + 1}: ${cause.message}.`,
        { kind: 'damaged' },
        { cause },
      );
    }
  }

  function addJson(row: Row, bytes: Uint8Array | undefined): void {
    if (bytes === undefined) throw damaged('It has no member json.');
    const object = jsonOf(bytes, [JSON_ENDING]);
    if (!isObject(object)) throw damaged('Its JSON is no object.');
    for (const [name, cell] of Object.entries(object)) {
      // Not left to the columns: those with a member of their own have none in here.
      if (!names.has(name))
        throw damaged(`Its JSON has a member ${JSON.stringify(name.slice(0, 60))}, and no column is called so.`);
      row[name] = cell;
    }
  }

  function valueOf({ type, path }: MemberTarget, bytes: Uint8Array): Cell {
    if (isText(type)) return textOf(bytes, path);
    if (DataType.isInt(type)) return wholeNumber(bytes);
    return isPlain(type) ? bytes : jsonOf(bytes, path);
  }

  return (key, members) => {
    // Without a prototype, since any name may be a column.
    const row = Object.create(null) as Row;
    if (hasKey) row[KEY] = key;
    if (jsonColumns.length > 0) addJson(row, members.get(JSON_ENDING));
    for (const target of targets) {
      const bytes = members.get(target.ending);
      if (bytes !== undefined) put(row, target.path, valueOf(target, bytes));
    }
    for (const [ending, bytes] of members) {
      if (known.has(ending) || (ending === JSON_ENDING && jsonColumns.length > 0)) continue;
      if (ending === NOTHING && bytes.length === 0 && members.size === 1) continue;
      throw damaged(`It has a member ${JSON.stringify(ending.slice(0, 60))}, and no column is stored so.`);
    }
    return row;
  };
}
