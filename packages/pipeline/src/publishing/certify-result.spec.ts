import type { Manifest } from '@riffle/core';
import createShuffler from '@riffle/shuffler';
import { expect, it } from 'vitest';
import { certifyOrder, certifyResult, type CertifiedOrder } from './certify-result.ts';

const shuffler = createShuffler();
const manifest = {
  plan: { rows: 1000, seed: '42', shuffler: shuffler.name },
  receipt: {
    outputs: [{ rows: 500 }, { rows: 500 }],
    inputs: [{ rows: 400 }, { rows: 600 }],
    collections: [
      { name: 'a', rows: 400, loaded: 1 },
      { name: 'b', rows: 600, loaded: 1 },
    ],
  },
} as unknown as Manifest;
const collections = [
  { name: 'a', rows: 400 },
  { name: 'b', rows: 600 },
];
const order = { rows: 1000, seed: '42', shards: [500, 500], collections };

it('judges a result by its manifest as its plan is judged', async () => {
  expect(await certifyResult(manifest, shuffler)).toEqual(await certifyOrder(order, shuffler));
});

it('believes what was judged of the same order, and of no other', async () => {
  const certificate = { ...(await certifyOrder(order, shuffler)), rows: -1 };
  const known = (changed: Partial<CertifiedOrder['order']>) => ({ order: { ...order, ...changed }, certificate });
  expect(await certifyResult(manifest, shuffler, known({}))).toBe(certificate);
  const right = await certifyOrder(order, shuffler);
  expect(await certifyResult(manifest, shuffler, known({ seed: '43' }))).toEqual(right);
  expect(await certifyResult(manifest, shuffler, known({ shards: [499, 501] }))).toEqual(right);
  expect(await certifyResult(manifest, shuffler, known({ collections: collections.toReversed() }))).toEqual(right);
});

it('judges none that contradicts itself', async () => {
  const receipt = { ...manifest.receipt, inputs: [] };
  expect(await certifyResult({ ...manifest, receipt }, shuffler)).toBeUndefined();
});
