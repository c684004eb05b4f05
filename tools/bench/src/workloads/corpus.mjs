/** Text that compresses about as prose does: a vocabulary of 6,000 words, drawn by Zipf's law, in sentences and paragraphs. */

const CORPUS_CHARACTERS = 24_000_000;
const VOCABULARY = 6000;
const onsets = 'b c d f g h k l m n p r s t v w br ch cl dr fl gr pl sh st th tr wh'.split(' ');
const vowels = 'a e i o u ai ea ee io ou é ü'.split(' ');
const codas = ['', '', '', 'l', 'm', 'n', 'nd', 'ng', 'r', 's', 'st', 't', 'ck', 'tion'];

/** Made once a process. */
let made;

/**
 * Characters `start` … `start + length − 1` of the corpus, from the end on to its beginning again; `start` is any whole number from 0.
 * Longer than any row, so that what repeats lies further apart than a page of a Parquet file is long.
 */
export function passage(start, length) {
  made ??= makeCorpus();
  const from = start % (made.length - length);
  return made.slice(from, from + length);
}

function makeCorpus() {
  const next = generator(7);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const vocabulary = Array.from({ length: VOCABULARY }, (_, rank) => {
    // Frequent words are short, as in every language.
    const syllables = 1 + Math.floor(next() * (rank < 100 ? 1.2 : rank < 1000 ? 2.4 : 3.6));
    return Array.from({ length: syllables }, () => pick(onsets) + pick(vowels) + pick(codas)).join('');
  });
  const parts = [];
  for (let characters = 0; characters < CORPUS_CHARACTERS;) {
    const count = 4 + Math.floor(next() * 20);
    // The inverse of a logarithmic distribution: the chance of rank r falls as 1 / r.
    const sentence = Array.from({ length: count }, () => vocabulary[Math.floor(VOCABULARY ** next()) - 1]).join(' ');
    const end = next() < 0.15 ? '.\n\n' : next() < 0.2 ? ', ' : '. ';
    parts.push(sentence[0].toUpperCase(), sentence.slice(1), end);
    characters += sentence.length + end.length;
  }
  // A slice of a flat string costs nothing; joined parts are flat.
  return parts.join('');
}

/** A small generator of numbers from 0 to below 1, the same for a seed everywhere: mulberry32, by Tommy Ettinger. */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
