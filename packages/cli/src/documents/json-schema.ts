import * as z from 'zod';
import type { DocumentKind } from './document-table.ts';

/**
 * The JSON Schema (draft 2020-12) of one kind of document. It is closed: members that this version does not write are
 * refused, so that nobody takes a misspelt one for a new one.
 */
export function jsonSchemaOf({ name, where, schema, written }: DocumentKind): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: written === true ? 'input' : 'output',
    override: ({ jsonSchema }) => {
      // The bounds of what JavaScript can count exactly say nothing about the document.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.description === '') delete jsonSchema.description;
    },
  });
  return { $schema, title: `Riffle: ${name}`, description: `${where.replaceAll('`', '')}.`, ...rest };
}
