import { describe, expect, it } from 'vitest';
import { EXAMPLE_PAGES } from '../src/examples/example-pages.mjs';
import { pageExamples } from '../src/examples/page-examples.mjs';
import { runPage } from '../src/examples/run-page.mjs';
import { selectedLines } from '../src/examples/selected-lines.mjs';
import { keptWherePossible, settled } from '../src/examples/volatile.mjs';
import { makeWorld } from '../src/examples/world.mjs';
import { readPage } from '../src/pages.mjs';

// After a change of what commands print: `npm run examples`, and a look at what it changed.
describe('the examples', () => {
  it.each(EXAMPLE_PAGES)(
    'of %s print what it shows',
    async (page) => {
      const world = await makeWorld();
      try {
        const before = readPage(page);
        const { text, ran } = await runPage(before, world);
        expect(text).toBe(before);
        expect(ran).toBeGreaterThan(1);
      } finally {
        world.remove();
      }
    },
    600_000,
  );
});

describe('the steps of a page', () => {
  it('are commands with their output and status, programs, and files', () => {
    const page = [
      '```bash\nnpx riffle run\n```\n\nIt says:\n\n<!-- show Done -->\n```text\nDone\n```',
      '<!-- exit 4 -->\n```bash\nfalse\n```',
      '<!-- file a/b.yaml -->\n```yaml\nx: 1\n```',
      '<!-- not run: it needs a network -->\n```bash\ngit clone\n```',
      '```python\nprint(1)\n```',
    ].join('\n\n');
    const [run, failing, file, shown, python] = pageExamples(page);
    expect(run).toMatchObject({
      kind: 'run',
      code: 'npx riffle run\n',
      exit: 0,
      output: { text: 'Done\n', show: 'Done' },
    });
    expect(page.slice(run.output.start, run.output.end)).toBe('Done\n');
    expect(failing).toEqual({ kind: 'run', code: 'false\n', exit: 4 });
    expect(file).toEqual({ kind: 'file', name: 'a/b.yaml', code: 'x: 1\n' });
    expect(shown).toEqual({ kind: 'shown', reason: 'it needs a network' });
    expect(python).toMatchObject({ kind: 'python', code: 'print(1)\n' });
  });

  it.each(['```js\n1\n```', '```text\nx\n```', '```bash\nls\n```\n\n```text\na\n```\n\n```text\nb\n```'])(
    'cannot be passed over: %j',
    (page) => {
      expect(() => pageExamples(page)).toThrow('neither run, nor an output');
    },
  );

  it('stop at a command that ends otherwise than the page says', async () => {
    const world = { shell: async () => ({ status: 1, output: 'no such file' }) };
    await expect(runPage('```bash\nls x\n```\n', world)).rejects.toThrow('ended with 1 and not with 0');
  });

  it('replace an output that is no longer right, and only that', async () => {
    const outputs = ['in 0.52 s\n', 'three\n'];
    const world = { shell: async () => ({ status: 0, output: outputs.shift() }) };
    const page = (first, second) =>
      `a\n\n\`\`\`bash\nx\n\`\`\`\n\n\`\`\`text\n${first}\n\`\`\`\n\n\`\`\`bash\ny\n\`\`\`\n\n\`\`\`text\n${second}\n\`\`\`\n\nz\n`;
    const { text } = await runPage(page('in 1.4 s', 'two'), world);
    expect(text).toBe(page('in 1.4 s', 'three'));
  });
});

describe('what a page shows of an output', () => {
  const output = 'Plan\n  rows  5\n  size  7\n\nscatter\nDone: 5\n';
  it.each([
    [undefined, output],
    ['Plan ..', 'Plan\n  rows  5\n  size  7\n…\n'],
    ['rows | Done', '…\n  rows  5\n…\nDone: 5\n'],
    ['size .. scatter', '…\n  size  7\n\nscatter\n…\n'],
    ['Plan .. Done', output],
  ])('by %j', (show, expected) => {
    expect(selectedLines(output, show)).toBe(expected);
  });

  it('must be there', () => {
    expect(() => selectedLines(output, 'Done | Plan')).toThrow('begins with "Plan"');
  });
});

describe('what is volatile', () => {
  it.each([
    [
      'scatter: 507 rows, 53.9 MB in 0.52 s, 975 rows/s, 104 MB/s',
      'scatter: 507 rows, 53.9 MB in 1.9 s, 12 rows/s, 9.1 MB/s',
    ],
    ['  memory         12.2 GB', '  memory        8.00 GB'],
    ['  workers        2', '  workers        16'],
    ['Made in 16.0 s:', 'Already there and whole (checked in 0.1 s):'],
    [
      'peak memory     730 MB (estimate) of 12.2 GB; at least 141 MB needed',
      'peak memory  1.1 GB (estimate) of 3.2 GB; at least 99 MB needed',
    ],
  ])('%s', (line, other) => {
    expect(settled(line)).toBe(settled(other));
  });

  it.each([
    ['507 rows in 16 shards', '508 rows in 16 shards'],
    ['1741 s of audio, 53.6 MB', '1742 s of audio, 53.6 MB'],
    ['bytes out    44.3 MB', 'bytes out    44.4 MB'],
    ['lost 2 of 27 shards (7.41%)', 'lost 2 of 27 shards (7.42%)'],
  ])('is not %s', (line, other) => {
    expect(settled(line)).not.toBe(settled(other));
  });

  it('stays as a page shows it where the rest of the line is the same', () => {
    expect(keptWherePossible('in 1.0 s\nrows 4\n', 'in 2.0 s\nrows 5\n')).toBe('in 1.0 s\nrows 5\n');
  });
});
