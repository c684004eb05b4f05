import { expect, it } from 'vitest';
import { refuseNumber } from './refuse-values.ts';

it('refuseNumber names the columns of which there are too many values', () => {
  const by = ['speaker', 'year'].map((column) => ({ column, kept: false }));
  expect(() => refuseNumber(by, 4096)).not.toThrow();
  expect(() => refuseNumber(by, 4097)).toThrow('divided by speaker and year: there are more than 4096');
});
