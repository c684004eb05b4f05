import { BadContentError } from '@riffle/core';
import type { SchemaElement } from './schema-element.ts';

/** A column that holds values: a leaf of the schema tree. Column chunks of a row group stand in the order of leaves. */
export interface LeafColumn {
  /** Names from the top-level column down, without the root. */
  readonly path: readonly string[];
  readonly element: SchemaElement;
  /** Number of optional and repeated nodes on the path. */
  readonly maximumDefinitionLevel: number;
  /** Number of repeated nodes on the path; 0 means one value per row. */
  readonly maximumRepetitionLevel: number;
  /** Indices into the schema's elements, from the top-level column down to the leaf. */
  readonly elements: readonly number[];
}

const DEEPEST = 200;

/**
 * The leaves of a schema in order.
 * @throws BadContentError if the elements do not form one tree.
 */
export function leafColumns(schema: readonly SchemaElement[]): LeafColumn[] {
  const leaves: LeafColumn[] = [];
  let next = 1;

  const visit = (parent: Omit<LeafColumn, 'element'>): void => {
    const index = next++;
    const element = schema[index];
    if (element === undefined || parent.path.length >= DEEPEST)
      throw new BadContentError('Its schema is damaged: the columns do not form one tree.', { kind: 'metadata' });
    const here = {
      path: [...parent.path, element.name],
      elements: [...parent.elements, index],
      maximumDefinitionLevel: parent.maximumDefinitionLevel + (element.repetition === 'REQUIRED' ? 0 : 1),
      maximumRepetitionLevel: parent.maximumRepetitionLevel + (element.repetition === 'REPEATED' ? 1 : 0),
    };
    if (element.physicalType !== undefined) leaves.push({ ...here, element });
    for (let child = 0; child < element.children; child++) visit(here);
  };

  const top = { path: [], elements: [], maximumDefinitionLevel: 0, maximumRepetitionLevel: 0 };
  for (let child = 0; child < (schema[0]?.children ?? 0); child++) visit(top);
  if (next !== schema.length)
    throw new BadContentError(
      `Its schema is damaged: ${schema.length} elements are declared, ${next} belong to the tree.`,
      { kind: 'metadata' },
    );
  return leaves;
}
