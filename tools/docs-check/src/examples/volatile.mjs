/**
 * What may differ from run to run and from machine to machine, and how it is written so that two outputs can be compared. Everything else must be
 * equal to the letter. Each rule takes the least that it can: the words around a number are part of it.
 */
const RULES = [
  { what: 'times', pattern: /\b\d+(?:\.\d+)? (?:ms|s|min|h)\b(?! of audio)/g, as: '# s' },
  { what: 'speeds', pattern: /\b[\d,.]+ (?:rows|[kMG]?B)\/s/g, as: '#/s' },
  {
    what: 'whether the sample was there',
    pattern: /^(?:Made in|Already there and whole \(checked in) # s\)?:/gm,
    as: 'Sample, # s:',
  },
  {
    what: 'memory: the budget, and what was or will be used',
    pattern: /\b(memory|budget of|estimate\) of|at least) +\d[\d.]* [MG]B\b/g,
    as: '$1 # GB',
  },
  { what: 'CPUs', pattern: /\b\d+ workers?\b|\b(workers +)\d+\b/g, as: '$1# workers' },
  { what: 'buckets, which follow from memory and CPUs', pattern: /\b(buckets +)\d+\b/g, as: '$1#' },
  { what: 'data beside the workers', pattern: /\(about [\d.]+ [kMG]B in memory\)/g, as: '(about # MB in memory)' },
  { what: 'free disk', pattern: /\b[\d.]+ [MGT]B (?:are |is )?free\b/g, as: '# GB free' },
  { what: 'dates', pattern: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?\b/g, as: '#-#-# #:#' },
  { what: 'run names', pattern: /\brun-[0-9a-z-]{6,}\b/g, as: 'run-#' },
];

/** Paths of the folder in which examples run become those of an imaginary reader. */
export const HOME = '/home/you/riffle';

/** The text with all that is volatile in one form. Runs of spaces count as one, since columns are as wide as their numbers. */
export function settled(text) {
  const replaced = RULES.reduce((result, { pattern, as }) => result.replace(pattern, as), text);
  return replaced.replace(/ {2,}/g, '  ').replace(/[ \t]+$/gm, '');
}

/**
 * The output as a page should show it: a line that differs from the shown one only in what is volatile stays as it is shown, so that a page
 * changes only where its meaning does.
 */
export function keptWherePossible(shown, output) {
  const before = shown.split('\n');
  const taken = new Set();
  return output
    .split('\n')
    .map((line) => {
      const same = before.findIndex((other, index) => !taken.has(index) && settled(other) === settled(line));
      if (same < 0) return line;
      taken.add(same);
      return before[same];
    })
    .join('\n');
}
