/** Characters that mean themselves to every shell, wherever they stand in a word. */
const plain = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:=@%+,-]*$/;

/** A word for a POSIX shell: as it is if that is safe, else in single quotes. */
export function shellQuote(word: string): string {
  return plain.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Words as one command on several lines, each flag with its value on a line of its own. */
export function shellLines(words: readonly string[]): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const quoted = shellQuote(word);
    const last = lines.at(-1);
    const opensFlag = word.startsWith('--');
    if (last === undefined || (opensFlag && lines.length > 0)) lines.push(quoted);
    else lines[lines.length - 1] = `${last} ${quoted}`;
  }
  return lines.map((line, index) => `${index === 0 ? '' : '    '}${line}${index < lines.length - 1 ? ' \\' : ''}`);
}
