export type { Certificate, CertificateTest, Picture, TestName, Verdict } from './certificate.ts';
export { judgeOrder } from './judge-order.ts';
export { judgePermutation, type PermutationToJudge } from './judge-permutation.ts';
export { judgeValues, type ValuesToJudge } from './judge-values.ts';
export { rowsOfStretches, stretchesOf, type Groups, type Order, type Stretch } from './order.ts';
