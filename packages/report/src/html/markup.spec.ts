import { expect, it } from 'vitest';
import { asMarkup, markup, type Markup } from './markup.ts';

it('escapes values and keeps markup', () => {
  const inner = markup`<b>${'<i>'}</b>`;
  expect(markup`<p title="${'"'}">${inner}${[1, undefined, 'a&b']}${asMarkup('<br>')}</p>`.markup).toBe(
    '<p title="&quot;"><b>&lt;i&gt;</b>1a&amp;b<br></p>',
  );
});

it('takes no markup from data', () => {
  const fromJson = JSON.parse('{"markup":"<script>"}') as Markup;
  expect(() => markup`${fromJson}`).toThrow(TypeError);
});
