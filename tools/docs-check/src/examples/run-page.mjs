import { pageExamples } from './page-examples.mjs';
import { selectedLines } from './selected-lines.mjs';
import { keptWherePossible } from './volatile.mjs';

/**
 * Does all that a page shows, in its order, in a world of its own.
 *
 * @param {string} text The page.
 * @param {Awaited<ReturnType<import('./world.mjs').makeWorld>>} world
 * @returns {Promise<{ text: string, ran: number, skipped: number }>} `text`: the page with the outputs of this run, as before where they differ
 * only in what is volatile. `skipped`: Python programs, where there is no Python for them.
 * @throws Error if a command ends otherwise than the page says.
 */
export async function runPage(text, world) {
  let result = text;
  let moved = 0;
  let [ran, skipped] = [0, 0];
  for (const step of pageExamples(text)) {
    if (step.kind === 'shown') continue;
    if (step.kind === 'file') {
      world.write(step.name, step.code);
      continue;
    }
    const done = await (step.kind === 'python' ? world.python(step.code) : world.shell(step.code));
    if (done === undefined) {
      skipped += 1;
      continue;
    }
    ran += 1;
    if (done.status !== step.exit)
      throw new Error(`This ended with ${done.status} and not with ${step.exit}:\n${step.code}\n${done.output}`);
    if (step.output === undefined) continue;
    const { text: shown, indent, show, start, end } = step.output;
    const kept = keptWherePossible(shown, selectedLines(done.output, show)).replace(/^(?=.)/gm, indent);
    result = `${result.slice(0, start + moved)}${kept}${result.slice(end + moved)}`;
    moved += kept.length - (end - start);
  }
  return { text: result, ran, skipped };
}
