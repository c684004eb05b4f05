import { createPermutation } from '@riffle/shuffler';
import { drawing, escaped } from './drawing.mjs';

const ROWS = 360;
const BUFFER = 36;
const PANEL = 240;
const GAP = 52;
const TOP = 44;

/** Where each of some rows goes, by three ways of ordering: the source at the bottom from left to right, the result from top to bottom. */
export function shuffleDrawing() {
  const permutation = createPermutation(ROWS, '42');
  const panels = [
    ['as it was', (row) => row],
    [`through a buffer of ${BUFFER} rows`, bufferShuffle(ROWS, BUFFER)],
    ['perm-v1', (row) => permutation.positionOf(row)],
  ];
  const width = GAP + panels.length * (PANEL + GAP);
  const parts = panels.map(([name, positionOf], index) => panel(name, positionOf, GAP + index * (PANEL + GAP)));
  return drawing(
    {
      width,
      height: TOP + PANEL + 44,
      title: 'Where rows go',
      description: `${ROWS} rows. As they were, they lie on a diagonal. Through a buffer of ${BUFFER} rows, they lie close to it, and only behind it by more. By perm-v1, they lie everywhere alike.`,
    },
    parts,
  );
}

function panel(name, positionOf, x) {
  const scale = (PANEL - 8) / ROWS;
  const place = (value) => Math.round((4 + value * scale) * 10) / 10;
  const dots = Array.from({ length: ROWS }, (_, row) => `M${place(row) + x} ${place(positionOf(row)) + TOP}h0`).join(
    '',
  );
  return `<text x="${x}" y="${TOP - 14}">${escaped(name)}</text>
<rect class="faint" x="${x}" y="${TOP}" width="${PANEL}" height="${PANEL}"/>
<path class="dots" d="${dots}"/>
<text class="small" x="${x}" y="${TOP + PANEL + 20}">row of the input →</text>
<text class="small" transform="translate(${x - 14} ${TOP}) rotate(90)">row of the result →</text>`;
}

/** A buffer that is kept full: each row that leaves is drawn from it, and the next one of the source takes its place. */
function bufferShuffle(rows, size) {
  const random = generator(42);
  const buffer = Array.from({ length: size }, (_, row) => row);
  const positions = new Map();
  let next = size;
  while (buffer.length > 0) {
    const index = Math.floor(random() * buffer.length);
    positions.set(buffer[index], positions.size);
    if (next < rows) buffer[index] = next++;
    else buffer.splice(index, 1);
  }
  return (row) => positions.get(row);
}

/** Mulberry32 by Tommy Ettinger: enough for a picture, and the same on every machine. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
