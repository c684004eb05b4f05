import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText } from './escape-text.ts';

describe('text from data', () => {
  it('leaves no character of markup', () => {
    expect(escapeText(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;');
  });

  it('shows where something stood that cannot be shown, or turns text around', () => {
    expect(escapeText('a\u202eb\u0000c\u009bd\ud800e\u200bf')).toBe('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf');
    expect(escapeText('a\tb\nc😀 שלום')).toBe('a\tb\nc😀 שלום');
  });

  it('is never markup, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });
});
