import { plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom/worker';

/** Ground, text, lines, and colours that stay apart for those who see few: for a light and a dark page. */
const style = `
  svg { --ground: #ffffff; --text: #1b1e23; --muted: #565d67; --line: #d9dde3; --first: #2b5fb8; --second: #c2571a; --third: #17693a; --fourth: #7a4b9b; color: var(--muted); font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
  .ground { fill: var(--ground); } text { white-space: pre; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #14171b; --text: #e7e9ec; --muted: #a5acb6; --line: #363c45; --first: #85b1f7; --second: #f09a5f; --third: #7fd6a0; --fourth: #cfa8ec; }
  }
`;
/** Values of attributes; longer fractions in them are below what anybody sees. */
const attribute = /="[^"]*"/g;
const longFraction = /(-?\d+\.\d{2})\d+/g;

/**
 * Draws with Observable Plot, as the report does, but as a file of its own: it carries its ground and the colours of both themes.
 * @param {string} title For those who do not see it, as `description`.
 * @param {string} description
 * @param {import('@observablehq/plot').PlotOptions} chart
 */
export function drawSvg(title, description, chart) {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = plot({ width: 760, marginLeft: 70, marginRight: 40, ...chart, document });
  for (const element of svg.querySelectorAll('style')) element.remove();
  // Inside of an image they are not read.
  for (const group of svg.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  const element = (kind, content, attributes = {}) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', kind);
    made.textContent = content;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const first = [
    element('title', title, { id: 'title' }),
    element('desc', description, { id: 'description' }),
    element('style', style),
    element('rect', '', { class: 'ground', width: '100%', height: '100%', rx: '8' }),
  ];
  for (const child of first.toReversed()) svg.insertBefore(child, svg.firstChild);
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', 'title description');
  for (const name of ['class', 'font-family', 'font-size', 'fill']) svg.removeAttribute(name);
  svg.setAttribute('fill', 'currentColor');
  return `${svg.outerHTML.replace(attribute, (value) => value.replace(longFraction, '$1'))}\n`;
}
