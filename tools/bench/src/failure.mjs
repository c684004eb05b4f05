/**
 * An error that is a result: the engine could not do the job, and the table says so.
 * @param {string} message
 * @param {string} reason In a few words, for the table.
 */
export function failure(message, reason) {
  return Object.assign(new Error(message), { reason });
}
