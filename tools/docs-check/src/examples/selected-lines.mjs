/** Stands for lines that a page leaves out. */
const LEFT_OUT = '…';

/**
 * The part of an output that a page shows, with `…` for what is left out. `show` names it by how lines begin: `A` is one line, `A .. B` all from
 * a line A to the next line B, `A ..` all up to the next empty line; several are separated by ` | ` and are looked for one behind the other.
 *
 * @throws Error if a line is not there.
 */
export function selectedLines(output, show) {
  if (show === undefined) return output;
  const lines = output.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const chosen = [];
  let next = 0;
  for (const part of show.split(' | ')) {
    const [from, to] = part.split(/ \.\.(?: |$)/);
    const first = lines.findIndex((line, index) => index >= next && line.trim().startsWith(from.trim()));
    if (first < 0)
      throw new Error(`No line that begins with "${from}" is in the output, below what was shown before:\n${output}`);
    const last = to === undefined ? first : lastLine(lines, first, to.trim());
    if (first > next) chosen.push(LEFT_OUT);
    chosen.push(...lines.slice(first, last + 1));
    next = last + 1;
  }
  if (next < lines.length) chosen.push(LEFT_OUT);
  return `${chosen.join('\n')}\n`;
}

function lastLine(lines, first, to) {
  const isLast = (line) => (to === '' ? line.trim() === '' : line.trim().startsWith(to));
  const found = lines.findIndex((line, index) => index > first && isLast(line));
  if (found < 0) return lines.length - 1;
  return to === '' ? found - 1 : found;
}
