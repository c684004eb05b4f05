import { withFieldMetadata } from '@riffle/columnar';
import { LABEL_KEY, labelFits, labelOf, type Footer, type Label, type SchemaElement } from '@riffle/codec-parquet';
import type { Schema } from 'apache-arrow';
import type { ArrowLeaf } from './arrow-leaves.ts';

/** Labels that need more than a name in the footer, or that make readers refuse a file. See docs/decisions/014-parquet-labels.md. */
const lost: ReadonlySet<string> = new Set(['GEOMETRY', 'GEOGRAPHY', 'VARIANT']);

/** A schema whose leaves say which labels the file gives them, and a sentence for each label that the result will not have. */
export interface LabelledSchema {
  readonly schema: Schema;
  readonly warnings: readonly string[];
}

/** Coordinate systems may be told in full. */
const LONGEST = 60;

/** The label in the words of the Parquet specification, if the result cannot have it. */
function lostLabel(element: SchemaElement, kept: boolean): string | undefined {
  if (kept) return undefined;
  const label = labelOf(element);
  const { logicalType, coordinates } = element;
  if (label !== undefined || logicalType === undefined || !lost.has(logicalType)) return label;
  if (coordinates === undefined) return logicalType;
  return `${logicalType}(crs=${coordinates.length > LONGEST ? `${coordinates.slice(0, LONGEST - 1)}…` : coordinates})`;
}

/**
 * The Arrow schema with each leaf's label in its metadata. What a file's own Arrow schema says under that key does not count.
 * @param leaves those of the schema, in order.
 */
export function readLabels(
  { schema: elements, leaves }: Footer,
  arrow: Schema,
  types: readonly ArrowLeaf[],
): LabelledSchema {
  const kept = leaves.map(({ element }, leaf): Label | undefined => {
    const label = labelOf(element);
    return label !== undefined && labelFits(label, types[leaf]!.type, element) ? label : undefined;
  });
  const warnings: string[] = [];
  const seen = new Set<number>();
  leaves.forEach(({ path, elements: indexes }, leaf) => {
    indexes.forEach((index, depth) => {
      if (seen.has(index)) return;
      seen.add(index);
      const label = lostLabel(elements[index]!, depth === indexes.length - 1 && kept[leaf] !== undefined);
      if (label === undefined) return;
      const column = path.slice(0, depth + 1).join('.');
      warnings.push(`Column ${column} loses its label ${label}; its values are kept as they are stored.`);
    });
  });
  const schema = withFieldMetadata(arrow, (field, leaf) => {
    const label = leaf === undefined ? undefined : kept[leaf];
    if (field.metadata.get(LABEL_KEY) === label) return field.metadata;
    const others = [...field.metadata].filter(([key]) => key !== LABEL_KEY);
    return new Map(label === undefined ? others : [...others, [LABEL_KEY, label]]);
  });
  return { schema, warnings };
}
