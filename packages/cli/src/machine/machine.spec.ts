import { describe, expect, it } from 'vitest';
import { availableCpus } from './available-cpus.ts';
import { cgroupFolders } from './cgroup-folders.ts';
import { freeMemory } from './free-memory.ts';

const GIB = 2 ** 30;
const reader = (files: Record<string, string>) => (path: string) =>
  Object.hasOwn(files, path) ? files[path] : undefined;

describe('cgroupFolders', () => {
  it('walks up a v2 path', () => {
    const readText = reader({ '/proc/self/cgroup': '0::/user.slice/job.scope\n' });
    expect(cgroupFolders(readText, 'cpu')).toEqual([
      '/sys/fs/cgroup/user.slice/job.scope',
      '/sys/fs/cgroup/user.slice',
      '/sys/fs/cgroup',
    ]);
  });

  it('finds the controller of v1 under both of its folder names, and the root a container sees', () => {
    const readText = reader({ '/proc/self/cgroup': '5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n' });
    expect(cgroupFolders(readText, 'cpu')).toEqual([
      '/sys/fs/cgroup/cpu,cpuacct/docker/1',
      '/sys/fs/cgroup/cpu,cpuacct/docker',
      '/sys/fs/cgroup/cpu,cpuacct',
      '/sys/fs/cgroup/cpu/docker/1',
      '/sys/fs/cgroup/cpu/docker',
      '/sys/fs/cgroup/cpu',
    ]);
  });

  it('is empty where there are no cgroups, and survives nonsense', () => {
    expect(cgroupFolders(reader({}), 'cpu')).toEqual([]);
    expect(cgroupFolders(reader({ '/proc/self/cgroup': 'nonsense\n0::relative\n' }), 'cpu')).toEqual([]);
  });
});

describe('availableCpus', () => {
  it.each<[string, Record<string, string>, number]>([
    ['no cgroups', {}, 8],
    ['no limit', { '/sys/fs/cgroup/cpu.max': 'max 100000\n' }, 8],
    ['half a CPU', { '/sys/fs/cgroup/cpu.max': '50000 100000\n' }, 1],
    ['two and a half', { '/sys/fs/cgroup/cpu.max': '250000 100000\n' }, 3],
    ['more than there are', { '/sys/fs/cgroup/cpu.max': '6400000 100000\n' }, 8],
    [
      'an ancestor that is tighter',
      { '/sys/fs/cgroup/job/cpu.max': '400000 100000', '/sys/fs/cgroup/cpu.max': '200000 100000' },
      2,
    ],
    [
      'v1',
      { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '300000\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
      3,
    ],
    [
      'v1 without a limit',
      { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
      8,
    ],
    ['nonsense', { '/sys/fs/cgroup/cpu.max': 'x y z\n' }, 8],
    ['zero', { '/sys/fs/cgroup/cpu.max': '0 0\n' }, 8],
  ])('with %s', (_, files, cpus) => {
    const readText = reader({ '/proc/self/cgroup': '0::/job\n2:cpu:/\n', ...files });
    expect(availableCpus(readText, 8)).toBe(cpus);
  });

  it('is at least 1 on this machine', () => {
    expect(availableCpus()).toBeGreaterThanOrEqual(1);
  });
});

describe('freeMemory', () => {
  const meminfo = 'MemTotal:       24000000 kB\nMemFree:          100000 kB\nMemAvailable:   16777216 kB\n';
  it.each<[string, Record<string, string>, number]>([
    ['the machine without /proc', {}, 5 * GIB],
    ['what is available, page cache included', { '/proc/meminfo': meminfo }, 16 * GIB],
    [
      'v2 without a limit',
      { '/proc/meminfo': meminfo, '/sys/fs/cgroup/memory.max': 'max\n', '/sys/fs/cgroup/memory.current': '1\n' },
      16 * GIB,
    ],
    [
      'what v2 leaves',
      {
        '/proc/meminfo': meminfo,
        '/sys/fs/cgroup/memory.max': `${4 * GIB}\n`,
        '/sys/fs/cgroup/memory.current': `${GIB}\n`,
      },
      3 * GIB,
    ],
    [
      'page cache of the cgroup as free',
      {
        '/sys/fs/cgroup/memory.max': `${4 * GIB}`,
        '/sys/fs/cgroup/memory.current': `${3 * GIB}`,
        '/sys/fs/cgroup/memory.stat': `anon 5\ninactive_file ${GIB}\n`,
      },
      2 * GIB,
    ],
    [
      'v1, with its totals',
      {
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${4 * GIB}`,
        '/sys/fs/cgroup/memory/memory.usage_in_bytes': `${3 * GIB}`,
        '/sys/fs/cgroup/memory/memory.stat': `inactive_file 1\ntotal_inactive_file ${GIB}\n`,
      },
      2 * GIB,
    ],
    [
      'v1 without a limit',
      {
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712',
        '/sys/fs/cgroup/memory/memory.usage_in_bytes': '1',
      },
      5 * GIB,
    ],
    [
      'nothing when the limit is passed',
      { '/sys/fs/cgroup/memory.max': '10', '/sys/fs/cgroup/memory.current': '20' },
      0,
    ],
  ])('gives %s', (_, files, bytes) => {
    const readText = reader({ '/proc/self/cgroup': '0::/\n3:memory:/\n', ...files });
    expect(freeMemory(readText, 5 * GIB)).toBe(bytes);
  });

  it('is something on this machine', () => {
    expect(freeMemory()).toBeGreaterThan(0);
  });
});
