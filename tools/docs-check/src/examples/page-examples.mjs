/**
 * What a page shows, in the order of the page, as steps that can be done. A fenced block of these languages is an example:
 *
 * - `bash`: commands. They must end with 0, or with N where `<!-- exit N -->` stands before the block.
 * - `text` right behind a `bash` or `python` block: what it prints, or the part of it that `<!-- show … -->` before the block names
 *   (`selected-lines.mjs`).
 * - `python`: a program, run by the Python that has `datasets`.
 * - any language, with `<!-- file NAME -->` before it: a file that later examples use.
 * - any language, with `<!-- not run: REASON -->` before it: shown only.
 *
 * Other languages are not allowed without a comment: an example that nobody runs goes wrong unseen.
 *
 * @param {string} text The page.
 * @returns {Step[]} `start` and `end` of an output are offsets in the page.
 *
 * @typedef {{ kind: 'run' | 'python', code: string, exit: number, output?: { text: string, indent: string, show?: string, start: number, end: number } }} RunStep
 * @typedef {RunStep | { kind: 'file', name: string, code: string } | { kind: 'shown', reason: string }} Step
 */
export function pageExamples(text) {
  const steps = [];
  for (const block of blocksOf(text)) {
    const step = stepOf(block, steps.at(-1));
    if (step !== undefined) steps.push(step);
  }
  return steps;
}

function blocksOf(text) {
  return [...text.matchAll(/^((?: *<!--[^\n]*-->\n+)*)^( *)```(\S*)\n(.*?)^ *```$/gms)].map((match) => {
    const [all, comments, indent, language, inner] = match;
    const directives = new Map(
      [...comments.matchAll(/<!-- (file|exit|show|not run:?)(?: (.*?))? -->/g)].map(([, name, value]) => [
        name.replace(':', ''),
        value ?? '',
      ]),
    );
    const end = match.index + all.length - `${indent}\`\`\``.length;
    // A block in a list is indented.
    const code = inner.replace(new RegExp(`^${indent}`, 'gm'), '');
    return { language, code, indent, directives, start: end - inner.length, end };
  });
}

function stepOf({ language, code, indent, directives, start, end }, before) {
  if (directives.has('not run')) return { kind: 'shown', reason: directives.get('not run') };
  if (directives.has('file')) return { kind: 'file', name: directives.get('file'), code };
  if (language === 'bash') return { kind: 'run', code, exit: Number(directives.get('exit') ?? 0) };
  if (language === 'python') return { kind: 'python', code, exit: 0 };
  if (language !== 'text' || before?.code === undefined || before.kind === 'file' || before.output !== undefined)
    throw new Error(`This example is neither run, nor an output, nor said to be only shown:\n${code}`);
  before.output = { text: code, indent, start, end, show: directives.get('show') };
  return undefined;
}
