import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('child.mjs', import.meta.url));

/** A job that has not ended by then hangs, however busy the machine. Milliseconds. */
const longest = 240_000;
/** A process that has survived this many jobs is replaced, so that nothing adds up in it. */
const jobsPerProcess = 30;

/**
 * @typedef {object} Job
 * @property {object} recipe
 * @property {string} folder where the relative paths of the recipe start
 * @property {boolean} [resume]
 * @property {object} [fault] options of `@riffle/testkit/faulty-storage` without the storage; default none. Whatever comes of it, its process
 *   ends afterwards: a lock that could not be removed is then stale
 */

/**
 * @typedef {object} Outcome
 * @property {number} pid
 * @property {boolean} killed
 * @property {boolean} hung
 * @property {string} stderr
 * @property {{ ok: boolean, error?: object, replanned: boolean, resumed?: object, resumable: boolean, scatters: number, calls: number, counts: object[] }} [answer]
 *   what child.mjs tells, unless it was killed
 */

/** Runs jobs in processes of their own. One that survives its job is used again: half of the time of a small job goes into starting. */
export function createJobRunner() {
  const idle = [];

  const start = () => ({
    process: fork(child, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] }),
    jobs: 0,
  });

  /** @param {Job} job @returns {Promise<Outcome>} */
  function run({ recipe, folder, resume = false, fault }) {
    const worker = idle.pop() ?? start();
    const { process: process_ } = worker;
    return new Promise((resolve, reject) => {
      let stderr = '';
      let hung = false;
      let told;
      const timer = setTimeout(() => {
        hung = true;
        process_.kill('SIGKILL');
      }, longest);
      const settle = (outcome) => {
        clearTimeout(timer);
        process_.off('error', onError).off('message', onMessage).off('close', onClose);
        process_.stderr.off('data', onText);
        resolve({ pid: process_.pid, killed: false, hung, stderr, ...outcome });
      };
      const onText = (text) => (stderr += text);
      const onError = (error) => {
        clearTimeout(timer);
        reject(error);
      };
      const onMessage = (answer) => {
        worker.jobs++;
        if (fault !== undefined) {
          told = answer;
          process_.kill('SIGKILL');
          return;
        }
        if (worker.jobs < jobsPerProcess) idle.push(worker);
        else process_.disconnect();
        settle({ answer });
      };
      const onClose = (_code, signal) =>
        settle(told === undefined ? { killed: signal === 'SIGKILL' && !hung } : { answer: told });
      process_.on('error', onError).on('message', onMessage).on('close', onClose);
      process_.stderr.setEncoding('utf8').on('data', onText);
      process_.send({ recipe, folder, resume, fault: fault ?? { failAt: 'never' } });
    });
  }

  return {
    run,
    close() {
      for (const { process: process_ } of idle.splice(0)) process_.disconnect();
    },
  };
}
