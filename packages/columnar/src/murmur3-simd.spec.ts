import { describe, expect, it } from 'vitest';
import { compileMurmur3Simd } from '../test/murmur3-simd-source.ts';

describe('murmur3-simd.ts', () => {
  // `npx vitest run --update src/murmur3-simd.spec.ts` writes it anew.
  it('is what its source compiles to', async () => {
    const bytes = await compileMurmur3Simd();
    const text = `// Made from test/murmur3-simd-source.ts; see murmur3-simd.spec.ts. Do not edit.\n/** A WebAssembly module, in base64. */\nexport const murmur3SimdModule =\n  '${Buffer.from(bytes).toString('base64')}';\n`;
    await expect(text).toMatchFileSnapshot('./murmur3-simd.ts');
  });
});
