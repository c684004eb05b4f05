import { closest, distance } from 'fastest-levenshtein';

/** Longer words are no slips of the finger, and compare slowly. */
const LONGEST = 200;
const MOST_CANDIDATES = 10_000;

/** Case and the dashes that one spelling has and another has not are no difference. */
const plain = (word: string) => word.replace(/[-_ ]/g, '').toLowerCase();

/** The candidate that somebody who wrote `word` most likely meant: a third of its letters may be wrong, or two. Undefined
 * if none is near. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const known = candidates.slice(0, MOST_CANDIDATES).filter((one) => one !== word && one.length <= LONGEST);
  if (known.length === 0) return undefined;
  const alike = known.find((one) => plain(one) === plain(word));
  if (alike !== undefined) return alike;
  const near = closest(plain(word), known.map(plain));
  const wrong = distance(plain(word), near);
  // One wrong letter of three is another word (lzo, lz4), two that changed places are a slip (tst, tts).
  const most = near.length <= 3 ? 0 : Math.min(Math.max(2, Math.floor(near.length / 3)), near.length - 2);
  return wrong <= most || (wrong <= 2 && letters(word) === letters(near))
    ? known.find((one) => plain(one) === near)
    : undefined;
}

const letters = (word: string) => plain(word).split('').sort().join('');

/** `; did you mean speaker?`, or nothing if no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = nearestWord(word, candidates);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}
