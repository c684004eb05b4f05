import { expect, it } from 'vitest';
import { escapeText } from './escape-text.ts';

it('leaves no character of markup', () => {
  expect(escapeText(`<a b="c" d='e'>&amp;`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;');
});
