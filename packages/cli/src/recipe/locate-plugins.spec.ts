import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { locatePlugins } from './locate-plugins.ts';

describe('locatePlugins', () => {
  it('looks for files from the recipe’s folder', () => {
    expect(
      locatePlugins(
        {
          readers: [{ specifier: './reader.mjs', options: { a: 1 } }, { specifier: '../x/y.mjs' }],
          writer: { specifier: '/abs/w.mjs' },
        },
        '/job/recipes',
      ),
    ).toEqual({
      readers: [
        { specifier: 'file:///job/recipes/reader.mjs', options: { a: 1 } },
        { specifier: 'file:///job/x/y.mjs' },
      ],
      writer: { specifier: 'file:///abs/w.mjs' },
    });
  });

  it('looks for packages from there too, and leaves the rest for the error to name', () => {
    const here = fileURLToPath(new URL('.', import.meta.url));
    expect(locatePlugins({ storage: { specifier: 'yaml' } }, here).storage?.specifier).toMatch(/^file:.*\/yaml\//);
    expect(
      locatePlugins({ storage: { specifier: 'no-such-package' }, writer: { specifier: 'file:///w.mjs' } }, here),
    ).toEqual({
      storage: { specifier: 'no-such-package' },
      writer: { specifier: 'file:///w.mjs' },
    });
    expect(locatePlugins({}, here)).toEqual({});
  });

  it('knows Riffle’s own formats by short names, each in its role', () => {
    const { readers, writer, storage } = locatePlugins(
      {
        readers: [{ specifier: 'parquet' }],
        writer: { specifier: 'parquet', options: {} },
        storage: { specifier: 'parquet' },
      },
      '/nowhere',
    );
    expect(readers?.[0]?.specifier).toMatch(/^file:.*reader-parquet/);
    expect(writer).toEqual({ specifier: expect.stringMatching(/^file:.*writer-parquet/), options: {} });
    expect(storage?.specifier).toBe('parquet');
  });
});
