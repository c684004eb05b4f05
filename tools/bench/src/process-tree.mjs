import { readFileSync, readdirSync } from 'node:fs';

/** The processes that live now below one, itself first. Linux only: elsewhere that one alone. @param {number} root @returns {number[]} */
export function processTree(root) {
  const found = [root];
  for (const pid of found) {
    for (const thread of attempt(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
      const children = attempt(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')) ?? '';
      found.push(...children.split(' ').filter(Boolean).map(Number));
    }
  }
  return found;
}

/**
 * What processes took up to now, in bytes and seconds. The kernel adds what an ended process took to its parent, so the sum over a tree holds those, too.
 * @param {readonly number[]} pids Those that have ended count as nothing.
 */
export function usageOf(pids) {
  const sum = { cpuSeconds: 0, readBytes: 0, writtenBytes: 0 };
  for (const pid of pids) {
    const io = attempt(() => readFileSync(`/proc/${pid}/io`, 'utf8'));
    const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (io === undefined || stat === undefined) continue;
    sum.readBytes += Number(/rchar: (\d+)/.exec(io)?.[1]);
    sum.writtenBytes += Number(/wchar: (\d+)/.exec(io)?.[1]);
    // User and system time of its threads, then of its children that ended, in hundredths of a second.
    for (const ticks of stat.split(') ')[1].split(' ').slice(11, 15)) sum.cpuSeconds += Number(ticks) / 100;
  }
  return sum;
}

/**
 * Resident memory of processes, in bytes: a page that several of them share counts once. `anonymousBytes` leaves out the pages of files mapped into
 * memory, which the system may drop at any time. One process is asked cheaply, and gives its own peak; of several, each page table is walked, and what
 * processes outside of the list share with them, such as an interpreter that runs twice, counts in part.
 * @param {readonly number[]} pids
 */
export function memoryOf(pids) {
  if (pids.length === 1) {
    const status = attempt(() => readFileSync(`/proc/${pids[0]}/status`, 'utf8')) ?? '';
    return {
      residentBytes: kilobytes(status, 'VmHWM'),
      anonymousBytes: kilobytes(status, 'RssAnon') + kilobytes(status, 'RssShmem'),
    };
  }
  const sum = { residentBytes: 0, anonymousBytes: 0 };
  for (const pid of pids) {
    const rollup = attempt(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? '';
    sum.residentBytes += kilobytes(rollup, 'Pss');
    sum.anonymousBytes += kilobytes(rollup, 'Pss_Anon') + kilobytes(rollup, 'Pss_Shmem');
  }
  return sum;
}

/** A line of a file of /proc, such as `VmHWM:   1234 kB`, in bytes. */
function kilobytes(text, name) {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * 1024;
}

/** A process may end at any moment: what is no longer there is no error. */
function attempt(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}
