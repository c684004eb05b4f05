export type { Host, Output, Pipeline, VerifyResult } from './host.ts';
export { main } from './main.ts';
