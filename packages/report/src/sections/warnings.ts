import { count } from '@riffle/core';
import type { ReportFacts } from '../facts/report-facts.ts';
import type { Section } from '../html/elements.ts';
import { markup } from '../html/markup.ts';
import { clipped } from '../words/wording.ts';

const mostWarnings = 50;
const longestWarning = 1000;

/** What was warned of. Nothing of it failed the job. */
export function warningsSection({ run }: ReportFacts): Section {
  const { warnings } = run;
  const rest = (warnings?.length ?? 0) - mostWarnings;
  const content =
    warnings === undefined
      ? markup`<p>The version of Riffle that made this result did not keep its warnings.</p>`
      : warnings.length === 0
        ? markup`<p>None.</p>`
        : markup`<ul class="plain">${warnings.slice(0, mostWarnings).map((warning) => markup`<li>${clipped(warning, longestWarning)}</li>`)}</ul>${rest > 0 ? markup`<p>… and ${count(rest)} more, in <code>.riffle/manifest.json</code> under <code>run.warnings</code>.</p>` : undefined}`;
  return { name: 'warnings', title: 'Warnings', content };
}
