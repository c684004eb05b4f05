import { drawing } from './drawing.mjs';
import { heights, withoutShortcuts } from './package-graph.mjs';

const WIDTH = 960;
const BOX = { width: 132, height: 36 };
const ROW = 92;
const MARGIN = 34;

/** The packages as boxes, users above what they use, with a line for each use that does not follow from others. */
export function packageDrawing(graph) {
  const lines = withoutShortcuts(graph);
  const rows = arranged(lines, heights(graph));
  const place = new Map();
  rows.forEach((row, index) => {
    row.forEach((name, column) => {
      const x = ((column + 0.5) * WIDTH) / row.length;
      place.set(name, { x, y: MARGIN + (rows.length - 1 - index) * ROW + BOX.height / 2 });
    });
  });
  const height = MARGIN * 2 + (rows.length - 1) * ROW + BOX.height;
  const drawn = [...lines].flatMap(([name, used]) => used.map((other) => line(place.get(name), place.get(other))));
  const boxes = [...place].map(([name, { x, y }]) => box(name, x, y));
  const description = [...lines]
    .filter(([, used]) => used.length > 0)
    .map(([name, used]) => `${name} uses ${used.join(', ')}.`)
    .join(' ');
  return drawing({ width: WIDTH, height, title: 'The packages of Riffle', description }, [...drawn, ...boxes]);
}

function line(from, to) {
  const [top, bottom] = [from.y + BOX.height / 2, to.y - BOX.height / 2];
  const middle = (top + bottom) / 2;
  return `<path class="line" d="M${round(from.x)} ${top}C${round(from.x)} ${middle} ${round(to.x)} ${middle} ${round(to.x)} ${bottom}"/>`;
}

function box(name, x, y) {
  const kind = name === 'testkit' ? 'faint' : 'box';
  return `<a href="../packages/${name}"><rect class="${kind}" x="${round(x - BOX.width / 2)}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="6"/><text x="${round(x)}" y="${y + 5}" text-anchor="middle">${name}</text></a>`;
}

/** Rows from the bottom up. Each is ordered by where its neighbours stand, a few times over, so that few lines cross (Sugiyama, Tagawa, Toda, 1981). */
function arranged(lines, height) {
  const count = Math.max(...height.values()) + 1;
  const rows = Array.from({ length: count }, (_, level) =>
    [...lines.keys()].filter((name) => height.get(name) === level),
  );
  const users = (name) => [...lines].filter(([, used]) => used.includes(name)).map(([user]) => user);
  for (let turn = 0; turn < 8; turn++) {
    const where = new Map(rows.flatMap((row) => row.map((name, index) => [name, (index + 0.5) / row.length])));
    const neighbours = (name) => (turn % 2 === 0 ? lines.get(name) : users(name));
    const wish = (name) => {
      const others = neighbours(name);
      return others.length === 0
        ? where.get(name)
        : others.reduce((sum, other) => sum + where.get(other), 0) / others.length;
    };
    for (const row of rows) row.sort((a, b) => wish(a) - wish(b) || (a < b ? -1 : 1));
  }
  return rows;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
