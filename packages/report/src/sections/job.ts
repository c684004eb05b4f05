import { exactByteSize, formatByteSize, count, duration } from '@riffle/core';
import type { ReportFacts } from '../facts/report-facts.ts';
import { factList, type Section } from '../html/elements.ts';
import { markup, type Content } from '../html/markup.ts';
import { clipped } from '../words/wording.ts';

/** Text of the manifest that no schema bounds. */
const longest = 200;

type Fact = readonly [name: string, value: Content];

function known(name: string, value: string | undefined): readonly Fact[] {
  return value === undefined ? [] : [[name, clipped(value, longest)]];
}
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const bytes = (value: unknown) => (typeof value === 'number' && value >= 0 ? formatByteSize(value) : undefined);
/** As a recipe spells it. */
const exactBytes = (value: unknown) => (typeof value === 'number' && value >= 0 ? exactByteSize(value) : undefined);

/** What was asked for, and where and when it was done. */
export function jobSection({ manifest, run }: ReportFacts): Section {
  const { plan, receipt, riffleVersion, digest } = manifest;
  return {
    name: 'job',
    title: 'Job and environment',
    content: [
      markup`<h3>Job</h3>`,
      factList([
        ['Seed', markup`<code>${clipped(plan.seed, longest)}</code>`],
        ...known('Shuffled by', plan.shuffler),
        ...known('Compression', text(plan.compression)),
        ...known('Profile of encodings', text(plan.profile)),
        ...known('Row groups of at most', exactBytes(plan.rowGroupBytes)),
        ...known('Written by', plan.writer),
        ...known('Verified', run.planned?.verify),
      ]),
      markup`<h3>Environment</h3>`,
      factList([
        ...known('Riffle', riffleVersion),
        ...known('Node', run.node),
        ...known('Machine', run.host),
        ...known('Started', run.startedAt),
        ...known('Took', run.seconds === undefined ? undefined : duration(run.seconds)),
        ...known('Workers', run.workers === undefined ? undefined : count(run.workers)),
        ...known('Memory budget', bytes(run.memory)),
        ...known('Strategy', run.strategy),
      ]),
      markup`<h3>Proof</h3>
<p>The same inputs, recipe and version of Riffle give the same two values again.</p>`,
      factList([
        ['Digest of plan and receipt', markup`<code>${digest}</code>`],
        ['Fingerprint of all rows', markup`<code>${receipt.fingerprint}</code>`],
      ]),
    ],
  };
}
