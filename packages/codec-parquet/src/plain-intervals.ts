import { schemaElementField } from './footer-fields.ts';
import type { Footer } from './footer.ts';
import { labelOf } from './label.ts';
import { copiedParts } from './thrift-writer.ts';
import { withElements } from './with-elements.ts';

const { type, typeLength, repetition, name, fieldId } = schemaElementField;

/**
 * The footer with INTERVAL columns as what they are stored as: 12 bytes. As intervals the codec would read their days and milliseconds
 * and leave out their months. The same footer if it has none.
 */
export function plainIntervals(footer: Footer): Footer {
  if (!footer.leaves.some(({ element }) => labelOf(element) === 'INTERVAL')) return footer;
  return withElements(footer, (element) =>
    labelOf(element) === 'INTERVAL'
      ? copiedParts(footer.bytes, element.fields, [type, typeLength, repetition, name, fieldId])
      : undefined,
  );
}
