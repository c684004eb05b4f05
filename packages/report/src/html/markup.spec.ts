import { expect, it } from 'vitest';
import { asMarkup, html, type Markup } from './markup.ts';

it('escapes values and keeps markup', () => {
  const inner = html`<b>${'<i>'}</b>`;
  expect(html`<p title="${'"'}">${inner}${[1, undefined, 'a&b']}${asMarkup('<br>')}</p>`.markup).toBe(
    '<p title="&quot;"><b>&lt;i&gt;</b>1a&amp;b<br></p>',
  );
});

it('takes no markup from data', () => {
  const fromJson = JSON.parse('{"markup":"<script>"}') as Markup;
  expect(() => html`${fromJson}`).toThrow(TypeError);
});
