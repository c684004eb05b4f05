import type { Picture } from './certificate.ts';
import { gridOf } from './grid.ts';
import type { Order } from './order.ts';
import { mostBlocks } from './thresholds.ts';

/** Where judged rows came from and where they are. Few rows make a coarse picture, so that a square holds a few. */
export function pictureOf(order: Order): Picture {
  const rows = order.sources.length;
  const size = Math.max(1, Math.min(mostBlocks, Math.floor(Math.sqrt(rows / 4))));
  const before = new Float64Array(size * size);
  for (let index = 0; index < rows; index++) {
    const block = Math.min(size - 1, Math.floor((index * size) / rows));
    before[block * size + block]!++;
  }
  return { size, before: [...before], after: [...gridOf(order, size)] };
}
