export { createFileStorage, createFileStorage as default } from './file-storage.ts';
