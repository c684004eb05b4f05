import { changingOperations } from '@riffle/testkit';

/**
 * A way to disturb a job.
 *
 * @typedef {object} FaultKind
 * @property {string} name
 * @property {string} what one sentence for the table
 * @property {object} fault options of `@riffle/testkit/faulty-storage` without place and storage
 * @property {boolean} [power] whether what was not durable is lost besides
 */

/** Every call can be the last one, or fail once; those that write can be torn; power fails between changes. */
export const faultKinds = [
  { name: 'kill', what: 'SIGKILL before the call', fault: { action: 'kill-before' } },
  {
    name: 'tear',
    what: 'SIGKILL half-way: half of the bytes are written, half of the entries removed',
    fault: { action: 'kill-half-way', operations: ['write', 'remove'] },
  },
  {
    name: 'power',
    what: 'SIGKILL, then what was not synced is cut off, becomes zeros, or is undone',
    fault: { action: 'kill-before', operations: changingOperations },
    power: true,
  },
  { name: 'EIO', what: 'the call fails once with EIO', fault: { action: 'fail', systemCode: 'EIO' } },
  {
    name: 'ENOSPC',
    what: 'the call, and all like it from there on, fail with ENOSPC',
    fault: {
      action: 'fail',
      systemCode: 'ENOSPC',
      times: 'always',
      operations: ['create', 'makeFolder', 'write', 'sync'],
    },
  },
];

/**
 * How many calls a fault can hit, from the counts of an undisturbed run.
 *
 * @param {FaultKind} kind
 * @param {readonly { operation: string, calls: number }[]} counts
 */
export function placesOf(kind, counts) {
  return counts
    .filter(({ operation }) => kind.fault.operations?.includes(operation) ?? true)
    .reduce((sum, { calls }) => sum + calls, 0);
}
