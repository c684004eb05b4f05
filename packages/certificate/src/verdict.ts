/** What a certificate says of an order: whether it could be a fair shuffle, or that it has too few rows to tell. */
export type Verdict = 'shuffled' | 'not-shuffled' | 'too-few-rows';
