import { markup, type Content, type Markup } from './markup.ts';

/** A column of a table. Numbers are aligned at the right. */
export interface TableColumn {
  readonly head: string;
  readonly number?: true;
}

function headCell({ head, number }: TableColumn): Markup {
  return number === true ? markup`<th scope="col" class="number">${head}</th>` : markup`<th scope="col">${head}</th>`;
}

function bodyCell(content: Content, index: number, { number }: TableColumn): Markup {
  if (index === 0)
    return number === true
      ? markup`<th scope="row" class="number">${content}</th>`
      : markup`<th scope="row">${content}</th>`;
  return number === true ? markup`<td class="number">${content}</td>` : markup`<td>${content}</td>`;
}

/**
 * A table with its caption; the first cell of each row is the row's head. A wide one scrolls sideways by itself, also by keyboard.
 * @param name unique in the page
 */
export function dataTable(
  name: string,
  caption: Content,
  columns: readonly TableColumn[],
  rows: readonly (readonly Content[])[],
): Markup {
  const body = rows.map(
    (cells) => markup`<tr>${cells.map((content, index) => bodyCell(content, index, columns[index]!))}</tr>\n`,
  );
  return markup`<div class="scroll" role="group" tabindex="0" aria-labelledby="${name}"><table>
<caption id="${name}">${caption}</caption>
<thead><tr>${columns.map(headCell)}</tr></thead>
<tbody>
${body}</tbody></table></div>
`;
}

/** Names with their values. */
export function factList(facts: readonly (readonly [name: string, value: Content])[]): Markup {
  return markup`<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
`;
}

/** A chart with the sentence below it, and its numbers as a table that can be unfolded. */
export function chartFigure(chart: Markup, caption: Content, table: Markup): Markup {
  return markup`<figure><div class="scroll" role="group" tabindex="0" aria-label="Chart">${chart}</div>
<figcaption>${caption}</figcaption>
<details><summary>The numbers as a table</summary>
${table}</details></figure>
`;
}

/** A part of the report with its heading, which the contents link to. */
export interface Section {
  /** Unique in the page. */
  readonly name: string;
  readonly title: string;
  readonly content: Content;
}

export function sectionMarkup({ name, title, content }: Section): Markup {
  return markup`<section id="${name}" aria-labelledby="${name}-head"><h2 id="${name}-head">${title}</h2>
${content}</section>
`;
}
