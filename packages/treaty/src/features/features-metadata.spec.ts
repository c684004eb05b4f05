import { Field, Int32 } from 'apache-arrow';
import { expect, it } from 'vitest';
import { featuresMetadata } from './features-metadata.ts';

it('what counts one data set is not said of another, and what all say of themselves is', () => {
  const features = new Map([['a', { dtype: 'int32', _type: 'Value' }]]);
  const source = (homepage: string) => ({
    features,
    info: new Map<string, unknown>([
      ['license', 'cc0'],
      ['homepage', homepage],
      ['dataset_size', 5],
      ['splits', {}],
    ]),
  });
  const columns = [{ field: new Field('a', new Int32(), true), feature: { kind: 'value' } as const }];
  expect(JSON.parse(featuresMetadata(columns, [source('x'), source('y')]))).toEqual({
    info: { license: 'cc0', features: Object.fromEntries(features) },
  });
});
