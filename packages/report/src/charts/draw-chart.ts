import { plot, type PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom/worker';
import { printableText } from '../html/escape-text.ts';
import { asMarkup, type Markup } from '../html/markup.ts';

/** What a chart is called and says, for those who do not see it. */
export interface ChartWords {
  /** Unique in the page; letters and dashes. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
}

/** The little that is used of a document; this package is compiled without the types of browsers. */
interface SvgElement {
  readonly outerHTML: string;
  readonly firstChild: SvgElement | null;
  textContent: string;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  insertBefore(child: SvgElement, before: SvgElement | null): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
  remove(): void;
}
interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgElement;
}

const svgNamespace = 'http://www.w3.org/2000/svg';
/** Longer fractions are below what anybody sees, and a third of the page. */
const longFraction = /(-?\d+\.\d{2})\d+/g;

/** The names of data are drawn as they may be shown. */
export function chartText(text: string): string {
  return printableText(text).replace(/\s+/g, ' ');
}

/**
 * Draws with Observable Plot on a document in memory: an inline SVG in colours of the page, without styles of its own, which the page's
 * content security policy would refuse.
 */
export function drawChart({ name, title, description }: ChartWords, chart: PlotOptions): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as { document: SvgDocument };
  const svg = plot({
    width: 720,
    marginLeft: 64,
    marginRight: 28,
    ...chart,
    document: document as never,
  }) as unknown as SvgElement;
  for (const style of svg.querySelectorAll('style')) style.remove();
  // Inside of an image they are not read, and without a role they are not allowed.
  for (const group of svg.querySelectorAll('[aria-label]')) group.removeAttribute('aria-label');
  const words = [
    ['desc', description],
    ['title', title],
  ] as const;
  for (const [kind, text] of words) {
    const element = document.createElementNS(svgNamespace, kind);
    element.setAttribute('id', `${name}-${kind}`);
    element.textContent = chartText(text);
    svg.insertBefore(element, svg.firstChild);
  }
  svg.setAttribute('class', 'plot');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', `${name}-title ${name}-desc`);
  svg.removeAttribute('font-family');
  svg.setAttribute('font-size', '12');
  return asMarkup(svg.outerHTML.replace(longFraction, '$1'));
}
