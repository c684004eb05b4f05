import { createPermV1Shuffler } from './shuffler-perm-v1.ts';

export { createBuckets, planBuckets, type Buckets } from './buckets.ts';
export { createDeal, type Deal } from './deal.ts';
export { createPermutation } from './perm-v1.ts';
export { createPermV1Shuffler };
export default createPermV1Shuffler;
