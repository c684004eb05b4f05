import { availableParallelism } from 'node:os';
import { cgroupFolders } from './cgroup-folders.ts';
import { readSystemText, type ReadText } from './read-text.ts';

/**
 * CPUs this process may keep busy: the machine's (and the affinity mask's), bounded by the quotas of its cgroups,
 * rounded up; at least 1.
 */
export function availableCpus(readText: ReadText = readSystemText, machineCpus = availableParallelism()): number {
  const quotas = cgroupFolders(readText, 'cpu').map((folder) => cpuQuota(readText, folder));
  return Math.max(1, Math.min(machineCpus, ...quotas.map(Math.ceil)));
}

/** CPUs that one cgroup grants; Infinity without a limit. */
function cpuQuota(readText: ReadText, folder: string): number {
  const unified = readText(`${folder}/cpu.max`);
  if (unified !== undefined) return ratio(unified.trim().split(/\s+/));
  return ratio([readText(`${folder}/cpu.cfs_quota_us`), readText(`${folder}/cpu.cfs_period_us`)]);
}

/** Microseconds of CPU time per period; `max` and −1 mean no limit. */
function ratio([quota, period]: readonly (string | undefined)[]): number {
  const cpus = Number(quota?.trim()) / Number(period?.trim());
  return cpus > 0 ? cpus : Infinity;
}
