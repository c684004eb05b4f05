import { posix } from 'node:path';
import type { ReadText } from './read-text.ts';

const ROOT = '/sys/fs/cgroup';

/**
 * The folders that may hold limits of this process for one controller, innermost first: a limit of any ancestor counts.
 * Covers cgroup v2 (`0::/path`), v1 (`4:cpu,cpuacct:/path`), and containers, where the path is that of the host
 * and only the root is visible.
 *
 * @param controller the name in v1, `cpu` or `memory`
 */
export function cgroupFolders(readText: ReadText, controller: 'cpu' | 'memory'): string[] {
  const lines = (readText('/proc/self/cgroup') ?? '').split('\n').map(parseLine);
  return lines.flatMap((line) => {
    if (line === undefined) return [];
    if (line.controllers === '') return ancestors(ROOT, line.path);
    if (!line.controllers.split(',').includes(controller)) return [];
    return [...ancestors(`${ROOT}/${line.controllers}`, line.path), ...ancestors(`${ROOT}/${controller}`, line.path)];
  });
}

function parseLine(line: string): { controllers: string; path: string } | undefined {
  const match = /^\d+:([^:]*):(\/.*)$/.exec(line);
  return match === null ? undefined : { controllers: match[1]!, path: match[2]! };
}

function ancestors(root: string, path: string): string[] {
  const folders: string[] = [];
  for (let current = posix.normalize(path); ; current = posix.dirname(current)) {
    folders.push(current === '/' ? root : root + current);
    if (current === '/') return folders;
  }
}
