import { describe, expect, it } from 'vitest';
import { documentsInMarkdown, keepSchemas } from '../src/json-schemas.mjs';
import { keepSection } from '../src/pages.mjs';

// Run without CI set, these write what they find behind: `npx vitest run test/json.spec.mjs` in this folder, after a build.
describe('packages/cli/schemas', () => {
  it('has the schema of every document as it is', () => {
    const { before, after } = keepSchemas();
    expect(before).toEqual(after);
  });
});

describe('docs/reference/json.md', () => {
  it('has every document with its members', () => {
    const { before, after } = keepSection('docs/reference/json.md', 'documents', documentsInMarkdown());
    expect(before).toBe(after);
  });
});
