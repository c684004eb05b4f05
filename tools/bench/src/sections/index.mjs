import { formatSection } from './formats.mjs';
import { scaleSection } from './scale.mjs';
import { smallSection } from './small.mjs';
import { strategySection } from './strategies.mjs';
import { workloadSection } from './workloads.mjs';

/**
 * A part of the bench that can be measured alone; each has a JSON file of its own.
 * @typedef {object} Section
 * @property {(settings: { large?: boolean }) => string[]} names Of its results.
 * @property {(name: string, settings: object) => Promise<object>} measure Gives one result.
 */

/** @type {Readonly<Record<string, Section>>} */
export const sections = {
  workloads: workloadSection,
  strategies: strategySection,
  scale: scaleSection,
  small: smallSection,
  formats: formatSection,
};
