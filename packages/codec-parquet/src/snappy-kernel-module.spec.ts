import { describe, expect, it } from 'vitest';
import { compileSnappyKernel } from '../test/snappy-kernel-source.ts';

describe('snappy-kernel-module.ts', () => {
  // `npx vitest run --update src/snappy-kernel-module.spec.ts` writes it anew.
  it('is what its source compiles to', async () => {
    const bytes = await compileSnappyKernel();
    const text = `// Made from test/snappy-kernel-source.ts; see snappy-kernel-module.spec.ts. Do not edit.\n/** A WebAssembly module, in base64. */\nexport const snappyKernelModule: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
    await expect(text).toMatchFileSnapshot('./snappy-kernel-module.ts');
  });
});
