import { plainType, typeText } from '@riffle/columnar';
import { DataType, type Timestamp } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { SchemaRules } from '../../src/treaty.ts';
import { catalogue, pairs } from './catalogue.ts';
import { flat, listOfStructs, shapes, type Shape } from './shapes.ts';
import { treatyOf, treatyOrConflict } from './treaty-of.ts';

const typeOf = (text: string) => catalogue.get(text)!();
const castLine = /cast: \{ (?:"c"|c): (?:"([^"]+)"|(\w+)) \}/g;

/** The agreed type, or what the recipe may cast both to. */
type Outcome = { readonly agreed: string } | { readonly casts: readonly string[] };

function outcomeOf(one: string, other: string): Outcome {
  const treaty = treatyOrConflict(typeOf(one), typeOf(other));
  if (typeof treaty !== 'string') return { agreed: typeText(treaty.schema.fields[0]!.type as DataType) };
  return { casts: [...treaty.matchAll(castLine)].map(([, quoted, word]) => quoted ?? word!) };
}

const outcomes = new Map(pairs.map(([one, other]) => [`${one} + ${other}`, outcomeOf(one, other)]));
const outcome = (one: string, other: string) => outcomes.get(`${one} + ${other}`)!;

/** One block a type: every agreed type, and every choice of casts, with the types beside which it comes. */
function table(): string {
  const blocks = [...catalogue.keys()].map((one) => {
    const lines = new Map<string, string[]>();
    for (const other of catalogue.keys()) {
      const found = outcome(one, other);
      const title = 'agreed' in found ? `= ${found.agreed}` : `ask: ${found.casts.join(' or ') || 'drop it'}`;
      lines.set(title, [...(lines.get(title) ?? []), other]);
    }
    return [one, ...Array.from(lines, ([title, others]) => `  ${title}\n      beside ${others.join(' · ')}`)].join(
      '\n',
    );
  });
  return `${blocks.join('\n\n')}\n`;
}

const zoneOf = (text: string) => (typeOf(text) as Timestamp).timezone;

function effectOf(target: string, isZoned: boolean): string {
  if (target === 'string') return 'take all values as text';
  if (!isZoned) return `convert all to ${target}; a value that it cannot hold fails its shard`;
  const zone = /, (.*)\]/.exec(target)?.[1];
  return zone === undefined
    ? 'drop the zone: the stored UTC readings stay'
    : `take what is stored as ${zone}: the stored UTC instants stay, readings without a zone count as UTC`;
}

const word = (text: string) => (/^[A-Za-z_]\w*$/.test(text) ? text : JSON.stringify(text));
const key = (path: string) => (/^[\w.]+$/.test(path) ? path : JSON.stringify(path));

/** The whole error, for every pair and place. */
function conflictText(one: string, other: string, casts: readonly string[], { path }: Shape): string {
  const [first, second] = [one, other].map((text) => typeText(plainType(typeOf(text))));
  const isZoned = DataType.isTimestamp(typeOf(one)) && DataType.isTimestamp(typeOf(other));
  const lines = casts.map((target) => [`cast: { ${key(path)}: ${word(target)} }`, effectOf(target, isZoned)] as const);
  const [best, ...more] = [...lines, ['drop: [c]', 'leave the column out'] as const];
  return [
    'One column differs in meaning between collections: only you can know what is right. Decide with one of these lines in the recipe:',
    `Column ${path} is ${first} in one/f.parquet and ${second} in two/f.parquet.`,
    `  columns: { ${best![0]} }   # ${best![1]}`,
    ...more.map(([line, effect]) => `  or ${line}   # ${effect}`),
  ].join('\n');
}

describe('the treaty of every two types', () => {
  it('is what the reviewed table says', async () => {
    await expect(table()).toMatchFileSnapshot('agreements.txt');
  });

  it('does not depend on which comes first, but for the order of fields', () => {
    const sorted = (found: Outcome) => ('agreed' in found ? [found.agreed] : [...found.casts].sort());
    const others = pairs.filter((pair) => !pair.every((text) => text.startsWith('struct')));
    for (const [one, other] of others)
      expect([one, other, ...sorted(outcome(one, other))]).toEqual([one, other, ...sorted(outcome(other, one))]);
  });

  it.each(shapes.map((shape) => [shape.name, shape] as const))('%s: the agreed type or the exact error', (_, shape) => {
    for (const [one, other] of pairs) {
      const found = outcome(one, other);
      const treaty = treatyOrConflict(shape.type(typeOf(one)), shape.type(typeOf(other)));
      const actual = typeof treaty === 'string' ? treaty : typeText(treaty.schema.fields[0]!.type as DataType);
      const expected = 'agreed' in found ? shape.text(found.agreed) : conflictText(one, other, found.casts, shape);
      expect(actual).toBe(expected);
    }
  });

  it.each([flat, listOfStructs].map((shape) => [shape.name, shape] as const))(
    '%s: every line of an error, pasted into a recipe, decides',
    (_, shape) => {
      let decided = 0;
      for (const [one, other] of pairs) {
        if (one > other) continue;
        const types = [shape.type(typeOf(one)), shape.type(typeOf(other))] as const;
        const conflict = treatyOrConflict(...types);
        if (typeof conflict !== 'string') continue;
        for (const line of conflict.matchAll(/^ {2}(?:columns: \{ (.*) \}|or (.*)) {3}#/gm)) {
          const { columns } = parse(`columns: { ${line[1] ?? line[2]} }`) as { columns: SchemaRules['columns'] };
          const [field] = treatyOf(...types, columns).schema.fields;
          const target = Object.values(columns.cast ?? {})[0];
          expect(typeText(field!.type as DataType)).toBe(target === undefined ? 'int8' : shape.text(target as string));
          decided++;
        }
      }
      expect(decided).toBeGreaterThan(pairs.length / 2);
    },
  );

  it('asks for the zone of two timestamps wherever the zones differ, and only there', () => {
    const timestamps = [...catalogue.keys()].filter((text) => text.startsWith('timestamp'));
    for (const one of timestamps)
      for (const other of timestamps)
        expect([one, other, 'agreed' in outcome(one, other)]).toEqual([one, other, zoneOf(one) === zoneOf(other)]);
  });
});
