import { constants } from 'node:os';
import { errorTable } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { readPage, tableRows } from '../src/pages.mjs';
import { packageSources, thrownCodes } from '../src/sources.mjs';

const page = readPage('docs/reference/errors.md');
const rows = tableRows(page, 'code');
const sources = packageSources();
const lostCodes = tableRows(page, 'code in `lost`').map(([code]) => code);

describe('docs/reference/errors.md', () => {
  it('has every code, in the order of the table, with its exit status and meaning, and no other', () => {
    expect(rows.map(([code, exit, meaning]) => [code, Number(exit), meaning])).toEqual(
      Object.entries(errorTable).map(([code, { exit, meaning }]) => [code, exit, meaning]),
    );
  });

  it('says for every code what to do', () => {
    expect(rows.filter(([, , , , advice]) => !(advice?.length > 10)).map(([code]) => code)).toEqual([]);
  });

  it.each(rows.map(([code, , , place]) => [code, place]))('names a file that throws %s', (code, place) => {
    const linked = [...place.matchAll(/\]\(\.\.\/\.\.\/([^)]+)\)/g)].map((match) => match[1]);
    const texts = linked.map((path) => sources.find((source) => source.path === path)?.text ?? '');
    expect(texts.some((text) => text.includes(`'${code}'`))).toBe(true);
  });

  it('names every code of a lost shard, and every finding', () => {
    const survey = sources.find(({ path }) => path === 'packages/core/src/survey.ts').text;
    const [, others] = /code: ErrorCode \| (.*);/.exec(survey);
    expect(lostCodes).toEqual(namesIn(others));
    const verifier = sources.find(({ path }) => path === 'packages/core/src/verifier.ts').text;
    const [, findings] = /type FindingCode =\s*([^;]*);/.exec(verifier);
    expect(tableRows(page, 'finding').map(([code]) => code)).toEqual(namesIn(findings));
  });
});

describe('the sources', () => {
  const thrown = sources.flatMap(({ path, text }) => thrownCodes(text).map((code) => ({ path, code })));

  it('throw every code of the table', () => {
    const codes = new Set(thrown.map(({ code }) => code));
    expect(Object.keys(errorTable).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('give errors no other code', () => {
    // Errors of the operating system have codes of their own.
    const known = new Set([...Object.keys(errorTable), ...lostCodes, ...Object.keys(constants.errno)]);
    expect(thrown.filter(({ code }) => !known.has(code))).toEqual([]);
  });

  it('are really looked at', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(thrownCodes(`new RiffleError(\n  'A_CODE', x); { code: 'OTHER' }; options?.code ?? 'THIRD'`)).toEqual([
      'A_CODE',
      'OTHER',
      'THIRD',
    ]);
  });
});

function namesIn(union) {
  return [...union.matchAll(/'([^']+)'/g)].map((match) => match[1]);
}
