import { count, counted } from '@riffle/core';
import type { Certificate, CertificateTest } from '@riffle/certificate';
import { orderPicture } from '../charts/order-picture.ts';
import { dataTable, type Section } from '../html/elements.ts';
import { markup, type Content, type Markup } from '../html/markup.ts';
import { clipped, rounded } from '../words/wording.ts';

const number = true as const;
const longest = 500;

/** What no chance is told below; see the certificate's thresholds. */
const smallestChance = 1e-15;

function chanceWords(chance: number): string {
  if (chance <= smallestChance) return 'below 1 in 10¹⁵';
  if (chance >= 0.01) return chance.toFixed(2);
  return chance >= 1e-6 ? `1 in ${rounded(1 / chance)}` : chance.toExponential(1);
}

function testName({ title, distance }: CertificateTest): string {
  return distance === undefined || title.includes(String(distance))
    ? title
    : `${title}, ${counted(distance, 'row')} apart`;
}

const small = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4, signDisplay: 'negative' });

/** A figure with as many digits as tell something: correlations are near 0, chi-squares are not. */
function figure(value: number): string {
  return Math.abs(value) < 1 ? small.format(value) : rounded(value);
}

/** Of the correlations at many distances the one that is furthest off; each other figure. */
function mainTests(tests: readonly CertificateTest[]): readonly CertificateTest[] {
  const distances = tests.filter(({ name }) => name === 'distance-correlation');
  const furthest = distances.reduce<CertificateTest | undefined>(
    (one, other) => (one === undefined || other.chance < one.chance ? other : one),
    undefined,
  );
  return tests.filter((test) => test.name !== 'distance-correlation' || test === furthest);
}

function testTable(name: string, caption: string, tests: readonly CertificateTest[]): Markup {
  return dataTable(
    name,
    caption,
    [
      { head: 'Looked at' },
      { head: 'Figure', number },
      { head: 'In a shuffle', number },
      { head: 'Chance', number },
      { head: 'In plain words' },
    ],
    tests.map((test) => [
      testName(test),
      figure(test.value),
      figure(test.expected),
      chanceWords(test.chance),
      markup`<span class="badge ${test.passed ? 'good' : 'bad'}">${test.passed ? 'as in a shuffle' : 'not a shuffle'}</span> ${clipped(test.sentence, longest)}`,
    ]),
  );
}

function testsMarkup(tests: readonly CertificateTest[]): Content {
  const main = mainTests(tests);
  const rest = tests.length - main.length;
  const words =
    rest > 0
      ? `What the tests found; of ${count(rest + 1)} distances the one that is furthest off`
      : 'What the tests found';
  return [
    markup`<h3>Tests</h3>
<p>Beside each figure stands what it is on average in a fair shuffle, and its chance: the share of all fair shuffles whose figure is as far off.</p>
${testTable('certificate-table', words, main)}`,
    rest > 0
      ? markup`<details><summary>All ${count(tests.length)} figures</summary>
${testTable('figures-table', 'What every test found', tests)}</details>
`
      : undefined,
  ];
}

function squareTable({ picture, judgedRows }: Certificate): Markup {
  const rangeOf = (name: string, counts: readonly number[]) => {
    const least = counts.reduce((one, other) => Math.min(one, other), Infinity);
    const most = counts.reduce((one, other) => Math.max(one, other), 0);
    return [name, count(least), rounded(judgedRows / counts.length), count(most)];
  };
  return dataTable(
    'squares-table',
    `Rows in the ${count(picture.size ** 2)} squares`,
    [{ head: 'Order' }, { head: 'Least', number }, { head: 'On average', number }, { head: 'Most', number }],
    [rangeOf('Before', picture.before), rangeOf('After', picture.after)],
  );
}

function pictures(certificate: Certificate): Content {
  const { before, after, size } = certificate.picture;
  const one = (name: string, title: string, description: string, counts: readonly number[]) =>
    orderPicture({ name, title, description }, counts, size);
  const diagonal =
    'Rows by where they came from, across, and where they are, down. All squares but those of the diagonal are empty.';
  const grid = 'The same after the job: the more even the squares are, the better the shuffle.';
  return markup`<h3>Before and after</h3>
<figure><div class="pair"><div class="half"><h4>Before: as the inputs are read</h4>${one('picture-before', 'Source against place, before', diagonal, before)}</div>
<div class="half"><h4>After: as the shards hold them</h4>${one('picture-after', 'Source against place, after', grid, after)}</div></div>
<figcaption>Every row is counted in a square: across, where in the inputs it came from; down, where in the output it is. Untouched data is a diagonal, blocks and buffers are stripes and clouds around it, a shuffle is an even tint.</figcaption>
<details><summary>The numbers as a table</summary>
${squareTable(certificate)}</details></figure>
`;
}

const verdicts = {
  shuffled: ['good', 'Shuffled: no test can tell this order from a fair shuffle.'],
  'not-shuffled': ['bad', 'Not shuffled: this order is not one that a fair shuffle gives.'],
  'too-few-rows': ['warn', 'Too few rows to tell.'],
} as const;

/** How well the order is shuffled: figures with what they mean, and the picture. */
export function certificateSection(certificate: Certificate | undefined): Section {
  const section = (content: Content): Section => ({ name: 'certificate', title: 'Shuffle certificate', content });
  if (certificate === undefined)
    return section(
      markup`<p>There is none: where each row came from does not follow from this manifest with the shuffler that made this page.</p>`,
    );
  const { verdict, reasons, tests, rows, judgedRows, stretches, falseAlarms } = certificate;
  const [kind, words] = verdicts[verdict];
  const looked =
    judgedRows === rows
      ? `All ${counted(rows, 'row')} were looked at.`
      : `${counted(judgedRows, 'row')} in ${counted(stretches, 'evenly spaced stretch').replace('stretchs', 'stretches')} of ${counted(rows, 'row')} were looked at.`;
  return section([
    markup`<p><strong class="${kind}">${words}</strong></p>
<ul class="plain">${reasons.map((reason) => markup`<li>${clipped(reason, longest)}</li>`)}</ul>
<p>${looked}${tests.length === 0 ? '' : ` Each test compares one figure of the order with what all possible orders give. A true shuffle is called unshuffled at most once in ${count(Math.round(1 / falseAlarms))} times.`}</p>
`,
    pictures(certificate),
    tests.length === 0 ? undefined : testsMarkup(tests),
  ]);
}
