import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FormatsDocument } from '../src/commands/formats.ts';
import { main } from '../src/main.ts';
import { writerNames } from '../src/plugins.ts';
import { fakeHost } from './fake-host.ts';

const documentOf = ({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as FormatsDocument;

describe('formats', () => {
  it('lists what can be read and written', async () => {
    const host = fakeHost();
    expect(await main(['formats', '--json'], host)).toBe(0);
    const { plugins } = documentOf(host.written);
    expect(plugins.filter(({ role }) => role === 'writer').map(({ name }) => name)).toEqual(writerNames);
    expect(plugins.find(({ role, name }) => role === 'reader' && name === 'parquet')).toMatchObject({
      endings: expect.arrayContaining(['.parquet']) as unknown,
      rowCounts: 'metadata',
    });
    expect(host.written.stderr).toMatch(/^ {2}parquet +read \(\.parquet/m);
    expect(host.written.stderr).toContain('riffle formats NAME');
  });

  it('shows the options of one, with what they may be', async () => {
    const host = fakeHost();
    expect(await main(['formats', 'pattern'], host)).toBe(0);
    expect(host.written.stderr).toContain('The layout pattern');
    expect(host.written.stderr).toContain('plugins.layout.options');
    expect(host.written.stderr).toMatch(/pattern +Paths of the shards .*\(text; default: "\{shard\}"\)/);
  });

  it('shows those of anybody’s plugin, whatever its schema says', async () => {
    const host = fakeHost();
    const properties = {
      level: { type: 'integer', minimum: 1, maximum: 9, default: 3, description: 'How hard.' },
      kind: { enum: ['a', 'b'] },
      names: { type: 'array', items: { type: 'string' } },
      types: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
      strange: 5,
    };
    writeFileSync(
      join(host.workingFolder, 'mine.mjs'),
      `export const optionsSchema = ${JSON.stringify({ properties })};
       export default () => ({ role: 'writer', name: 'mine\\u001b[31m', extension: '.mine', capabilities: { compression: ['none'] } });`,
    );
    expect(await main(['formats', './mine.mjs', '--json'], host)).toBe(0);
    expect(documentOf(host.written).plugins[0]!.options).toEqual([
      { name: 'level', values: 'a whole number from 1 to 9', default: '3', description: 'How hard.' },
      { name: 'kind', values: 'a, b', description: '' },
      { name: 'names', values: 'a list: text', description: '' },
      { name: 'types', values: 'by name: text or null', description: '' },
      { name: 'strange', values: 'a value', description: '' },
    ]);
    expect(host.written.stderr).not.toContain('\u001b');
  });

  it.each([
    ['no-such-format', 'could not be loaded'],
    ['./no.mjs', 'neither a reader nor a writer nor a layout'],
    ['./none.mjs', 'no default export'],
  ])('%s is refused', async (name, why) => {
    const host = fakeHost();
    writeFileSync(join(host.workingFolder, 'no.mjs'), `export default () => ({ role: 'storage', name: 'x' });`);
    writeFileSync(join(host.workingFolder, 'none.mjs'), 'export const a = 1;');
    expect(await main(['formats', name], host)).toBe(2);
    expect(host.written.stderr).toContain(`${name} `);
    expect(host.written.stderr).toContain(why);
  });
});
