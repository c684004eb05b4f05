import { createHash } from 'node:crypto';
import type { Certificate } from '@riffle/certificate';
import type { Manifest } from '@riffle/core';
import { reportFacts } from './facts/report-facts.ts';
import { schemaColumns } from './facts/schema-columns.ts';
import { sectionMarkup, type Section } from './html/elements.ts';
import { asMarkup, markup } from './html/markup.ts';
import { certificateSection } from './sections/certificate.ts';
import { collectionsSection } from './sections/collections.ts';
import { jobSection } from './sections/job.ts';
import { lossesSection } from './sections/losses.ts';
import { outcomeSection } from './sections/outcome.ts';
import { shardsSection } from './sections/shards.ts';
import { timelineSection } from './sections/timeline.ts';
import { treatySection } from './sections/treaty.ts';
import { tilesMarkup, verdictMarkup } from './sections/verdict.ts';
import { warningsSection } from './sections/warnings.ts';
import { styleSheet } from './style/style-sheet.ts';
import { clipped } from './words/wording.ts';

/** What a report is made from. */
export interface ReportParts {
  /** Checked by the schema of manifests; nothing of its `run` is trusted. */
  readonly manifest: Manifest;
  /** Name of the result's folder, for the title. */
  readonly folder: string;
  /** Whether the manifest's digest is not that of its plan and receipt. */
  readonly edited?: boolean;
  /** How well the order is shuffled; left out where that cannot be told. */
  readonly certificate?: Certificate | undefined;
}

const longestName = 120;

/** Only the one style sheet of the page is applied, and nothing is fetched or run, whatever the data says. */
function contentSecurityPolicy(): string {
  const hash = createHash('sha256').update(styleSheet).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/**
 * A result as one page of HTML: no network, no script, charts as inline SVG, light and dark, and for paper. Bounded in size whatever the
 * numbers of shards, collections, losses and columns: what is too much is told together, and the page says so.
 */
export function renderReport({ manifest, folder, edited = false, certificate }: ReportParts): string {
  const facts = reportFacts(manifest);
  const sections: readonly Section[] = [
    outcomeSection(facts),
    collectionsSection(facts),
    shardsSection(facts),
    certificateSection(certificate),
    lossesSection(facts),
    treatySection(facts, schemaColumns(manifest)),
    timelineSection(facts),
    warningsSection(facts),
    jobSection(facts),
  ];
  const name = clipped(folder, longestName);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name} – Riffle report</title>
<style>${asMarkup(styleSheet)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
<header>
<h1>Riffle report on ${name}</h1>
${verdictMarkup(facts, edited)}${tilesMarkup(facts, certificate)}<nav aria-label="Contents"><ul>${sections.map((section) => markup`<li><a href="#${section.name}">${section.title}</a></li>`)}</ul></nav>
</header>
<main id="content" tabindex="-1">
${sections.map(sectionMarkup)}</main>
<footer><p>Made from <code>.riffle/manifest.json</code> by Riffle ${clipped(manifest.riffleVersion, longestName)}. This page says what the manifest says; <code>riffle verify</code> compares the files with it.</p></footer>
</div>
</body>
</html>
`.markup;
}
