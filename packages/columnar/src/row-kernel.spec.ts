import { describe, expect, it } from 'vitest';
import { compileRowKernel } from '../test/row-kernel-source.ts';

describe('row-kernel.ts', () => {
  // `npx vitest run --update src/row-kernel.spec.ts` writes it anew.
  it('is what its source compiles to', async () => {
    const bytes = await compileRowKernel();
    const text = `// Made from test/row-kernel-source.ts; see row-kernel.spec.ts. Do not edit.\n/** A WebAssembly module, in base64. */\nexport const rowKernelModule: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
    await expect(text).toMatchFileSnapshot('./row-kernel.ts');
  });
});
