import { readFile } from 'node:fs/promises';

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // Only Linux has these files; elsewhere the number alone must do.
    return undefined;
  }
}

/**
 * What tells a process from all others that have or had its number on this machine: the boot, and the tick in which it started
 * (field 22 of /proc/PID/stat, proc(5)). Undefined where the system does not tell.
 */
export async function processBirth(pid: number): Promise<string | undefined> {
  const [boot, stat] = await Promise.all([textOf('/proc/sys/kernel/random/boot_id'), textOf(`/proc/${pid}/stat`)]);
  // The second field is the program's name in parentheses, which may hold anything.
  const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return boot === undefined || started === undefined ? undefined : `${boot.trim()}:${started}`;
}

/** Whether a process of this number runs, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
