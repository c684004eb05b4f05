import { count, counted, duration } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { percentage, printable, printableJson, printableLine, table } from './wording.ts';

describe('wording', () => {
  it('groups digits and knows one from many', () => {
    expect(count(1_234_567)).toBe('1,234,567');
    expect([counted(0, 'row'), counted(1, 'row'), counted(1000, 'row')]).toEqual(['0 rows', '1 row', '1,000 rows']);
  });

  it.each([
    [0.004, '0.00 s'],
    [9.949, '9.95 s'],
    [6, '6 s'],
    [12.34, '12.3 s'],
    [59.96, '1 min 0 s'],
    [72.4, '1 min 12 s'],
    [3599.6, '1 h 00 min'],
    [7500, '2 h 05 min'],
  ])('says %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it.each([
    [0, '0%'],
    [0.000_01, '< 0.01%'],
    [0.029_126, '2.91%'],
    [0.999_99, '99%'],
    [1, '100%'],
  ])('says a share of %d as %s, never rounding to nothing or to all', (share, text) => {
    expect(percentage(share)).toBe(text);
  });

  it('takes out what steers a terminal or turns the reading direction, and keeps lines and letters', () => {
    expect(printable('a\u001b[31mb\u0000\r\t\u009b1m\u202ec\nä→😀')).toBe('a�[31mb����1m�c\nä→😀');
    expect(printable('\u200frtl\u200e \u061c\u2028')).toBe('�rtl� ��');
  });

  it('escapes the same in JSON, which stays the same value', () => {
    const value = { name: 'a\u001b\u009b1m\u202e\u2028\n音' };
    expect(printableJson(value)).toBe(String.raw`{"name":"a\u001b\u009b1m\u202e\u2028\n音"}`);
    expect(JSON.parse(printableJson(value, 2))).toEqual(value);
  });

  it('puts names with newlines into one line', () => {
    expect(printableLine('a\nDone and verified')).toBe('a�Done and verified');
  });

  it('aligns pairs, and lines below their value', () => {
    expect(
      table([
        ['a', '1'],
        ['long', '2\n3'],
      ]),
    ).toEqual(['  a     1', '  long  2', '        3']);
  });
});
