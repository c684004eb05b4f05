import { describe, expect, it } from 'vitest';
import { compileNumberKernel } from '../test/number-kernel-source.ts';

describe('number-kernel-module.ts', () => {
  // `npx vitest run --update src/number-kernel-module.spec.ts` writes it anew.
  it('is what its source compiles to', async () => {
    const bytes = await compileNumberKernel();
    const text = `// Made from test/number-kernel-source.ts; see number-kernel-module.spec.ts. Do not edit.\n/** A WebAssembly module, in base64. */\nexport const numberKernelModule: string =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
    await expect(text).toMatchFileSnapshot('./number-kernel-module.ts');
  });
});
