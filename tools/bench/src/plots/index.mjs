import { ratioBars } from './ratio-bars.mjs';
import { costOfGigabytes, costOfRows, memoryOverSize } from './scale-lines.mjs';

/**
 * A drawing and what it says, for those who do not see it.
 * @typedef {object} Picture
 * @property {string} svg
 * @property {string} words
 */

/** The pictures of the page, by file name; those of which too little was measured are left out. @returns {Record<string, Picture>} */
export function plots({ workloads, scale }) {
  const drawn = {
    ratios: ratioBars(workloads),
    rows: costOfRows(scale),
    gigabytes: costOfGigabytes(scale),
    memory: memoryOverSize(scale),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, picture]) => picture !== undefined));
}
