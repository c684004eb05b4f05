import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeBlocks, keepSection, readPage, tableRows } from '../src/pages.mjs';
import { fieldsOf, smallJob, verifyFolder } from '../src/real-run.mjs';
import { withFolder, writeFiles } from '../src/run-example.mjs';

const PATH = 'docs/reference/manifest.md';
const page = readPage(PATH);

/** Only losses of shards whose footers could be read tell their rows, only those of salvaged shards what was kept; Parquet needs no index, shards by their numbers no layout, whole ones no parts; most recipes give readers no options. */
const OPTIONAL =
  /^(plan\.(layout|partitionBy\[\]\..*|readers\[\]\.(name|options))|receipt\.outputs\[\]\.(shard|partition)|shards\[\]\.shard|(receipt\.)?lost\[\]\.(rows|rowsKept|damage.*)|receipt\.index\[\]\..*|run\.columns\[\]\.(feature|sources\[\]\.name))$/;

describe('docs/reference/manifest.md', () => {
  let real;
  beforeAll(async () => {
    real = await withFolder(smallJob);
  });

  it('has every field of a real manifest, and no other', () => {
    const fields = fieldsOf(real.manifest).map((field) => field.replace(/^plan\.tuning\..*/, 'plan.tuning'));
    const documented = tableRows(page, 'field').map(([field]) => field);
    expect(documented.filter((field) => !OPTIONAL.test(field))).toEqual([...new Set(fields)]);
  });

  it('has every field of a real report, and no other', () => {
    const documented = tableRows(page, 'name').map(([field]) => field);
    expect(documented.filter((field) => !OPTIONAL.test(field))).toEqual(fieldsOf(real.report));
  });

  it('shows a manifest of the shape of a real one', () => {
    const [shown] = codeBlocks(page, 'json').map((text) => JSON.parse(text));
    if (shown !== undefined && String(fieldsOf(shown)) === String(fieldsOf(real.manifest))) {
      expect(shown.format).toBe(real.manifest.format);
      return;
    }
    const { before, after } = keepSection(PATH, 'example', `\`\`\`json\n${compact(real.manifest)}\n\`\`\``);
    expect(before).toBe(after);
  });

  it('shows one whose digest is right, by the definition of the page', () => {
    const { plan, receipt, digest } = JSON.parse(codeBlocks(page, 'json')[0]);
    expect(createHash('sha256').update(canonical({ plan, receipt })).digest('hex')).toBe(digest);
  });

  it('shows one that verify takes for a manifest: only the shards are missing', async () => {
    await withFolder(async (folder) => {
      mkdirSync(join(folder, '.riffle'));
      writeFiles(folder, { '.riffle/manifest.json': codeBlocks(page, 'json')[0] });
      const { ok, findings } = await verifyFolder(folder);
      expect([ok, findings.map(({ file, code }) => `${file} ${code}`)]).toEqual([
        false,
        ['00000.parquet missing', '00001.parquet missing'],
      ]);
    });
  });

  it('is right that the whole fingerprint is the sum of the inputs’ and of the outputs’', () => {
    const { inputs, outputs, fingerprint } = real.manifest.receipt;
    for (const parts of [inputs, outputs]) {
      const sum = parts.reduce((total, part) => total + BigInt(`0x${part.fingerprint}`), 0n);
      expect(BigInt.asUintN(128, sum)).toBe(BigInt(`0x${fingerprint}`));
    }
  });
});

/** By hand, so that the page's definition is what is tested. */
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** JSON with a line for each innermost object. */
function compact(value) {
  return JSON.stringify(value, undefined, 2).replace(/\{[^{}[\]]*\}/g, (object) => object.replace(/\s+/g, ' '));
}
