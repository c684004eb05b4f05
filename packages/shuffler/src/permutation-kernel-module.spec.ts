import { describe, expect, it } from 'vitest';
import { compilePermutationKernel } from '../test/permutation-kernel-source.ts';

describe('permutation-kernel-module.ts', () => {
  // `npx vitest run --update src/permutation-kernel-module.spec.ts` writes it anew.
  it('is what its source compiles to', async () => {
    const bytes = await compilePermutationKernel();
    const text = `// Made from test/permutation-kernel-source.ts; see permutation-kernel-module.spec.ts. Do not edit.\n/** A WebAssembly module, in base64. */\nexport const permutationKernelModule: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
    await expect(text).toMatchFileSnapshot('./permutation-kernel-module.ts');
  });
});
