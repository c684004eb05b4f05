export { bytesOfDtype, dtypeOf } from './dtypes.ts';
export { formOf, isSplit, jsonForm, splitName, type Form } from './form.ts';
export { knownEncoding, type KnownEncoding } from './known-encoding.ts';
