import { axisX, barX, gridX, ruleX, text } from '@observablehq/plot';
import { ratio as ratioText } from '../report/format.mjs';
import { engineTitles } from '../report/workload-table.mjs';
import { pairedRatio } from '../statistics.mjs';
import { drawSvg } from './draw-svg.mjs';

/** `cp` lies far off the scale of the others. */
const peers = ['duckdb', 'polars', 'script', 'transcode'];
const ticks = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];

/** How many times as fast Riffle is as each peer, by workload: bars to the right of 1 where it is ahead. */
export function ratioBars(results) {
  const bars = results.flatMap(({ name, runs }) =>
    peers.flatMap((peer) => {
      const ratio = pairedRatio(runs.riffle, runs[peer]);
      return ratio === undefined ? [] : [{ workload: name, peer: engineTitles[peer], ratio }];
    }),
  );
  if (bars.length === 0) return undefined;
  const words = `Bars, by workload: Riffle's time over that of ${peers.map((peer) => engineTitles[peer]).join(', ')}. ${bars.map(({ workload, peer, ratio }) => `${workload}, ${peer}: ${ratioText(ratio)}`).join('; ')}`;
  const values = bars.map(({ ratio }) => ratio);
  const domain = [Math.min(0.5, ...values) / 1.7, Math.max(2, ...values) * 1.5];
  const shown = ticks.filter((tick) => tick >= domain[0] && tick <= domain[1]);
  const workloads = [...new Set(bars.map(({ workload }) => workload))];
  const place = { x: 'ratio', y: 'peer', fy: 'workload', dy: 1, fill: 'var(--text)' };
  const label = ({ ratio }) => ratioText(ratio);
  const svg = drawSvg("Riffle's time over that of its peers", words, {
    height: 60 + workloads.length * 86,
    marginTop: 34,
    marginBottom: 36,
    marginLeft: 84,
    marginRight: 76,
    x: { type: 'log', domain, label: null },
    y: { label: null, domain: peers.map((peer) => engineTitles[peer]), padding: 0.2, tickSize: 0 },
    fy: { label: null, domain: workloads, padding: 0.16 },
    marks: [
      gridX(shown, { stroke: 'var(--line)', strokeOpacity: 1 }),
      barX(bars, {
        x1: 1,
        x2: 'ratio',
        y: 'peer',
        fy: 'workload',
        fill: ({ peer, ratio }) =>
          peer === 'transcode' ? 'var(--muted)' : ratio <= 1 ? 'var(--first)' : 'var(--second)',
      }),
      text(
        bars.filter(({ ratio }) => ratio > 1),
        { ...place, text: label, textAnchor: 'start', dx: 5 },
      ),
      text(
        bars.filter(({ ratio }) => ratio <= 1),
        { ...place, text: label, textAnchor: 'end', dx: -5 },
      ),
      ruleX([1], { stroke: 'var(--text)' }),
      axisX(shown, {
        text: String,
        label: 'Riffle is faster ← time over the peer’s → slower',
        labelAnchor: 'center',
        labelArrow: 'none',
      }),
    ],
  });
  return { svg, words };
}
