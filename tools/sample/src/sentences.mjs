/** @import { Grammar } from './grammars.mjs' */
/** @import { Random } from './random.mjs' */

// Several hundred sentences out of some thousand possible ones meet the same one now and then; this many
// meetings in a row mean that the grammar is too small for what was asked of it.
const MAXIMUM_TRIES = 1000;

/**
 * A sentence that is not yet in `taken`; it is added there.
 *
 * @param {Grammar} grammar
 * @param {Random} random
 * @param {Set<string>} taken
 * @returns {string}
 */
export function newSentence(grammar, random, taken) {
  for (let tries = 0; tries < MAXIMUM_TRIES; tries++) {
    const expanded = expand('{sentence}', grammar, random);
    const sentence = expanded.charAt(0).toUpperCase() + expanded.slice(1);
    if (taken.has(sentence)) continue;
    taken.add(sentence);
    return sentence;
  }
  throw new Error(`The grammar gave no new sentence in ${MAXIMUM_TRIES} tries: give it more alternatives.`);
}

/**
 * @param {string} template
 * @param {Grammar} grammar
 * @param {Random} random
 * @returns {string}
 */
function expand(template, grammar, random) {
  return template.replace(/\{(\w+)\}/g, (_, /** @type {string} */ symbol) => {
    const alternatives = grammar[symbol];
    if (alternatives === undefined) throw new Error(`The grammar has no symbol "${symbol}".`);
    return expand(random.pick(alternatives), grammar, random);
  });
}
