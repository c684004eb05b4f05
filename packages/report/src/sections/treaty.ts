import { count, counted } from '@riffle/core';
import type { ColumnFacts } from '../facts/run-facts.ts';
import type { ReportFacts } from '../facts/report-facts.ts';
import { dataTable, type Section } from '../html/elements.ts';
import { markup, type Content } from '../html/markup.ts';
import { clipped } from '../words/wording.ts';

/** A column of the output, as its schema says. */
export interface SchemaColumn {
  readonly name: string;
  readonly type: string;
  readonly feature?: string | undefined;
}

const mostColumns = 200;
const mostSources = 6;
const mostNames = 3;
const longest = { name: 120, type: 300, words: 200 } as const;

function collectionsWords({ collections, ofCollections }: ColumnFacts['sources'][number]): string {
  const names = collections.slice(0, mostNames).map((name) => clipped(name, longest.name));
  const rest = Math.max(ofCollections, collections.length) - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${count(rest)} more` : ''}`;
}

function badge(risk: string): Content {
  if (risk === 'checked') return markup` <span class="badge warn">checked value by value</span>`;
  if (risk === 'decided') return markup` <span class="badge bad">meaning changed, as the recipe says</span>`;
  return undefined;
}

/** What happens to a column where anything does; undefined if all collections have it as it is. */
function conversions({ sources }: ColumnFacts): Content {
  const changed = sources.filter(({ conversion, name }) => conversion !== 'kept' || name !== undefined);
  if (changed.length === 0) return 'kept';
  const rest = changed.length - mostSources;
  return markup`<ul class="plain">${changed.slice(0, mostSources).map((source) => {
    const renamed = source.name === undefined ? '' : ` (there ${clipped(source.name, longest.name)})`;
    return markup`<li>${collectionsWords(source)}${renamed}: ${clipped(source.conversion, longest.words)}${badge(source.risk)}</li>`;
  })}${rest > 0 ? markup`<li>… and ${count(rest)} more</li>` : undefined}</ul>`;
}

/** The columns of the output, their types, and how each collection's values became them. */
export function treatySection({ run }: ReportFacts, columns: readonly SchemaColumn[] | undefined): Section {
  const { columns: told } = run;
  const changes = new Map(told?.map((column) => [column.name, column]));
  const all = columns ?? told ?? [];
  const features = all.some(({ feature, name }) => (feature ?? changes.get(name)?.feature) !== undefined);
  const rows = all.slice(0, mostColumns).map(({ name, type, feature }) => {
    const column = changes.get(name);
    const said = feature ?? column?.feature;
    return [
      clipped(name, longest.name),
      markup`<code>${clipped(type, longest.type)}</code>`,
      ...(features ? [said === undefined ? '–' : clipped(said, longest.words)] : []),
      ...(told === undefined ? [] : [column === undefined ? '–' : conversions(column)]),
    ];
  });
  const rest = all.length - mostColumns;
  const converted = told?.filter(({ sources }) => sources.some(({ conversion }) => conversion !== 'kept')).length ?? 0;
  const words =
    told === undefined
      ? 'The version of Riffle that made this result did not keep how collections were converted to it.'
      : converted === 0
        ? 'All collections have the same columns already; nothing was converted.'
        : `In ${counted(converted, 'column')} collections differ; their values were converted as said below. A value that its column cannot hold would have failed its shard.`;
  return {
    name: 'treaty',
    title: 'Columns',
    content: [
      markup`<p>The one schema of all shards: ${counted(all.length, 'column')}. ${words}</p>`,
      all.length === 0
        ? markup`<p>The schema in the manifest cannot be read.</p>`
        : dataTable(
            'treaty-table',
            rest > 0 ? `The first ${mostColumns} of ${count(all.length)} columns` : 'Columns of the result',
            [
              { head: 'Column' },
              { head: 'Type' },
              ...(features ? [{ head: 'Hugging Face feature' }] : []),
              ...(told === undefined ? [] : [{ head: 'From the collections' }]),
            ],
            rows,
          ),
    ],
  };
}
