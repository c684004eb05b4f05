import { typeCatalogue, typeShapes, type TypeCase } from './type-catalogue.ts';

/** What a suite saw for one cell: `passed`, or a short reason why the type is an exception there. */
export interface TypeTable {
  saw(cell: Pick<TypeCase, 'type' | 'shape'>, outcome: string): void;
  /** Titles of the cells nothing was said about. */
  missing(): readonly string[];
  /** The table as Markdown, a row per type and a column per shape. */
  toMarkdown(): string;
}

/** Collects a suite's outcomes over the {@link typeCatalogue} for the docs' table of types. */
export function createTypeTable(): TypeTable {
  const outcomes = new Map<string, string>();
  const key = ({ type, shape }: Pick<TypeCase, 'type' | 'shape'>) => `${type}, ${shape}`;
  return {
    saw(cell, outcome) {
      outcomes.set(key(cell), outcome);
    },
    missing: () => typeCatalogue.map((entry) => entry.title).filter((title) => !outcomes.has(title)),
    toMarkdown() {
      const types = [...new Set(typeCatalogue.map((entry) => entry.type))];
      const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      return [
        row(['type', ...typeShapes]),
        row(['---', ...typeShapes.map(() => '---')]),
        ...types.map((type) =>
          row([`\`${type}\``, ...typeShapes.map((shape) => outcomes.get(key({ type, shape })) ?? 'not tested')]),
        ),
      ].join('\n');
    },
  };
}

/**
 * A page with the part between `<!-- name -->` and `<!-- /name -->` replaced, so that several suites can each keep their own part of one page.
 * @throws Error if the page has no such part.
 */
export function withSection(page: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = page.indexOf(open);
  const end = page.indexOf(close);
  if (start < 0 || end < start) throw new Error(`The page has no part between ${open} and ${close}.`);
  return `${page.slice(0, start)}${open}\n\n${content}\n\n${page.slice(end)}`;
}
