import type { Footer, SchemaElement } from '@riffle/codec-parquet';

/** Annotations that the codec does not carry over. Values stay as they are. */
const lost: ReadonlySet<string> = new Set(['UUID', 'ENUM', 'JSON', 'BSON', 'GEOMETRY', 'GEOGRAPHY', 'VARIANT']);

function lostLabel(element: SchemaElement): string | undefined {
  const label = element.logicalType ?? element.convertedType;
  if (label === undefined) return undefined;
  if (lost.has(label)) return label;
  return label === 'TIME' && element.adjustedToUtc ? 'TIME in UTC' : undefined;
}

/** A sentence for each column or group whose annotation will be missing from the output. */
export function lostLabelWarnings({ schema, leaves }: Footer): string[] {
  const warnings: string[] = [];
  const seen = new Set<number>();
  for (const { path, elements } of leaves) {
    elements.forEach((index, depth) => {
      const label = lostLabel(schema[index]!);
      if (label === undefined || seen.has(index)) return;
      seen.add(index);
      warnings.push(
        `Column ${path.slice(0, depth + 1).join('.')} loses its label ${label}; its values are kept as they are stored.`,
      );
    });
  }
  return warnings;
}
