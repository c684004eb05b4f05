import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const childPath = fileURLToPath(new URL('child.mjs', import.meta.url));

/** What became of a request that got no answer; `at` is the file being read, where that is known. */
export class ChildFailure extends Error {
  constructor(message, at) {
    super(message);
    this.at = at;
  }
}

/**
 * Requests to a process that is replaced when it hangs or dies. One request at a time.
 * @param limits `requestSeconds`: a process that takes longer for one request is killed.
 */
export function createChild({ requestSeconds }) {
  let running;
  let maxRss = 0;

  function ask(kind, request) {
    running ??= fork(childPath, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    const child = running;
    return new Promise((resolve, reject) => {
      let at;
      let stderr = '';
      const timer = setTimeout(
        () => end(new ChildFailure(`no answer within ${requestSeconds} s`, at)),
        requestSeconds * 1000,
      );
      const onError = (text) => (stderr = (stderr + text).slice(-2000));
      const onExit = (code, signal) =>
        end(new ChildFailure(`the process ended (${signal ?? `exit ${code}`}): ${stderr.trim()}`, at));
      const onMessage = (message) => {
        if (message.at !== undefined) {
          at = message.at;
          timer.refresh();
          return;
        }
        stop();
        if (message.failed !== undefined) return reject(new ChildFailure(message.failed.message, at));
        maxRss = Math.max(maxRss, message.maxRss);
        resolve({ answer: message.answer, stderr });
      };
      const stop = () => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.stderr.off('data', onError);
      };
      const end = (error) => {
        stop();
        child.kill('SIGKILL');
        running = undefined;
        reject(error);
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.stderr.on('data', onError);
      child.send({ kind, request });
    });
  }

  return {
    ask,
    /** The most resident memory that any of the processes had, in bytes. */
    get maxRss() {
      return maxRss;
    },
    /** Ends the process; the next request starts another. */
    renew() {
      running?.kill('SIGKILL');
      running = undefined;
    },
  };
}
