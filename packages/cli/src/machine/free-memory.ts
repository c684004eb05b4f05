import { freemem } from 'node:os';
import { cgroupFolders } from './cgroup-folders.ts';
import { readSystemText, type ReadText } from './read-text.ts';

/**
 * Bytes of memory this process could take now: what the machine has available (page cache counts, it can be dropped),
 * bounded by what is left under the limits of its cgroups.
 */
export function freeMemory(readText: ReadText = readSystemText, machineFree = freemem()): number {
  const available = memAvailable(readText('/proc/meminfo')) ?? machineFree;
  const left = cgroupFolders(readText, 'memory').map((folder) => memoryLeft(readText, folder));
  return Math.max(0, Math.min(available, ...left));
}

/** `MemAvailable` of /proc/meminfo, in bytes. */
function memAvailable(meminfo: string | undefined): number | undefined {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(meminfo ?? '')?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** Bytes left under one cgroup's limit; Infinity without a limit. */
function memoryLeft(readText: ReadText, folder: string): number {
  const stat = readText(`${folder}/memory.stat`);
  const limit = bytesOf(readText(`${folder}/memory.max`)) ?? bytesOf(readText(`${folder}/memory.limit_in_bytes`));
  const used = bytesOf(readText(`${folder}/memory.current`)) ?? bytesOf(readText(`${folder}/memory.usage_in_bytes`));
  if (limit === undefined || used === undefined) return Infinity;
  return limit - used + droppable(stat);
}

/** Page cache that nobody used lately counts as used, but the kernel drops it under pressure. */
function droppable(stat: string | undefined): number {
  const total = /^total_inactive_file (\d+)$/m.exec(stat ?? '') ?? /^inactive_file (\d+)$/m.exec(stat ?? '');
  return total === null ? 0 : Number(total[1]);
}

function bytesOf(text: string | undefined): number | undefined {
  const trimmed = text?.trim();
  return trimmed !== undefined && /^\d+$/.test(trimmed) ? Number(trimmed) : undefined;
}
