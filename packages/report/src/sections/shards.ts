import { formatByteSize, count, counted, shardTotals } from '@riffle/core';
import { mostBars, shardChart } from '../charts/shard-chart.ts';
import { bandsOf, type Band } from '../facts/bands.ts';
import type { Range, ReportFacts } from '../facts/report-facts.ts';
import { chartFigure, dataTable, type Section } from '../html/elements.ts';
import { markup, type Content, type Markup } from '../html/markup.ts';
import { eachHas, percentage } from '../words/wording.ts';

const wholeBytes = (value: number) => formatByteSize(Math.round(value));

function bandName({ from, to }: Band): string {
  return to - from === 1 ? count(from) : `${count(from)} to ${count(to - 1)}`;
}

function bandTable(name: string, caption: string, values: readonly number[], say: (value: number) => string): Markup {
  const bands = bandsOf(values, mostBars);
  const number = true as const;
  if (bands.length === values.length)
    return dataTable(
      name,
      caption,
      [
        { head: 'Shard', number },
        { head: caption.split(' ')[0]!, number },
      ],
      bands.map((band) => [bandName(band), say(band.mean)]),
    );
  return dataTable(
    name,
    `${caption}, in ${count(bands.length)} bands of neighbours`,
    [
      { head: 'Shards', number },
      { head: 'Least', number },
      { head: 'Mean', number },
      { head: 'Most', number },
    ],
    bands.map((band) => [bandName(band), say(band.least), say(band.mean), say(band.most)]),
  );
}

/** How far shards differ, from what a reader of the chart needs. */
function evenness({ least, most, sum }: Range, shards: number): string {
  const mean = sum / shards;
  return most === least
    ? 'all are the same'
    : `smallest and largest differ by ${percentage(most - least, mean)} of the mean`;
}

/** Rows and bytes of every shard, so that unevenness would show at a glance. */
export function shardsSection({ manifest, rowsPerShard, bytesPerShard }: ReportFacts): Section {
  const shards = shardTotals(manifest.receipt.outputs);
  const rows = shards.map((shard) => shard.rows);
  const bytes = shards.map((shard) => shard.bytes);
  const inBands = shards.length > mostBars;
  const banded: Content = inBands
    ? markup` Each bar stands for a band of neighbouring shards; where they differ, the <span class="key second"></span>top part reaches from the least to the most.`
    : '';
  const rowWords = eachHas(rowsPerShard.least, rowsPerShard.most, 'row');
  const evenRows =
    rowsPerShard.most - rowsPerShard.least <= 1
      ? `as even as ${counted(manifest.plan.rows, 'row')} can be`
      : evenness(rowsPerShard, rows.length);
  const sizes = `${wholeBytes(bytesPerShard.least)} to ${wholeBytes(bytesPerShard.most)}`;
  return {
    name: 'shards',
    title: 'Shards',
    content: [
      markup`<h3>Rows</h3>`,
      chartFigure(
        shardChart(
          {
            name: 'chart-rows',
            title: 'Rows of each shard',
            description: `${counted(rows.length, 'shard')} of ${rowWords}.`,
          },
          rows,
          {
            label: 'rows',
            format: count,
          },
        ),
        markup`${counted(rows.length, 'shard')} of ${rowWords}: ${evenRows}.${banded}`,
        bandTable('rows-table', 'Rows of each shard', rows, (value) => count(Math.round(value))),
      ),
      markup`<h3>Bytes</h3>`,
      chartFigure(
        shardChart(
          {
            name: 'chart-bytes',
            title: 'Bytes of each shard',
            description: `${counted(bytes.length, 'shard')} of ${sizes}.`,
          },
          bytes,
          {
            label: 'bytes',
            format: wholeBytes,
          },
        ),
        markup`${sizes} a shard, ${wholeBytes(bytesPerShard.sum)} together: ${evenness(bytesPerShard, bytes.length)}. Rows are dealt evenly; how many bytes they take depends on what is in them.${banded}`,
        bandTable('bytes-table', 'Bytes of each shard', bytes, wholeBytes),
      ),
    ],
  };
}
