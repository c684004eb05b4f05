import { spawn } from 'node:child_process';

/** Node gets so long to end all threads. */
const patienceSeconds = 3;

/**
 * Ends the process with an exit status, even if a thread is stuck in a call of the operating system (a dead network mount): Node would wait
 * for it without end, and only another process can do something about that. The status is then that of SIGKILL, 137.
 */
export function leaveAtOnce(exitCode: number): never {
  if (process.platform !== 'win32') {
    // Only while this process is still its parent: its number may have been given to another by then.
    const end = `sleep ${patienceSeconds}; [ "$(ps -o ppid= -p $$ | tr -d ' ')" = ${process.pid} ] && kill -9 ${process.pid}`;
    spawn('sh', ['-c', end], { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
  }
  process.exit(exitCode);
}
