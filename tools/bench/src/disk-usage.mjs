import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of disk that the files below a folder take; 0 if there is none. Files may come and go meanwhile. @param {string} folder @returns {number} */
export function diskUsage(folder) {
  let bytes = 0;
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += diskUsage(path);
    else bytes += (lstatSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
  }
  return bytes;
}

function entriesOf(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
