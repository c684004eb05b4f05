import { labelFits, LABEL_KEY, labelledFooter, parseLabel, type Footer } from '@riffle/codec-parquet';
import { withFieldMetadata } from '@riffle/columnar';
import type { DataType, Field, Schema } from 'apache-arrow';

/** The schema without labels, as it stands in the file. */
export function withoutLabels(schema: Schema): Schema {
  return withFieldMetadata(schema, ({ metadata }) =>
    metadata.has(LABEL_KEY) ? new Map([...metadata].filter(([key]) => key !== LABEL_KEY)) : metadata,
  );
}

/** The footer of a file of this schema with the labels that the schema's leaves have, as far as they fit what is stored. */
export function withLabels(footer: Footer, schema: Schema): Footer {
  const fields: Field[] = [];
  withFieldMetadata(schema, (field, leaf) => {
    if (leaf !== undefined) fields.push(field);
    return field.metadata;
  });
  const labels = fields.map((field, leaf) => {
    const label = parseLabel(field.metadata.get(LABEL_KEY));
    const fits = label !== undefined && labelFits(label, field.type as DataType, footer.leaves[leaf]!.element);
    return fits ? label : undefined;
  });
  return labels.every((label) => label === undefined) ? footer : labelledFooter(footer, labels);
}
