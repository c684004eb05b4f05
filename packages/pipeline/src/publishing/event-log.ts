import type { RiffleEvent, Storage, WritableFile } from '@riffle/core';
import { logName, previousLogName } from './output-folder.ts';

/** The full log of a job: one JSON object a line, in `.riffle/log.jsonl`, from the first event on. */
export interface EventLog {
  record(event: RiffleEvent): void;
  /** Records a failure as the last line. */
  fail(error: unknown): void;
  close(): Promise<void>;
}

/** A plan holds every footer and schema; its log line names the decisions. */
function loggable(event: RiffleEvent): object {
  if (event.type !== 'planned') return event;
  const { survey: _survey, treaty: _treaty, ...decisions } = event.plan;
  return { type: event.type, plan: decisions };
}

/** @param keep whether a log that is there belongs to the same job, and stays under another name */
export async function openEventLog(storage: Storage, stateFolder: string, keep = false): Promise<EventLog> {
  await storage.makeFolder(stateFolder);
  const location = storage.join(stateFolder, logName);
  const previous = storage.join(stateFolder, previousLogName);
  if (!keep) await storage.remove(previous);
  else if ((await storage.stat(location))?.kind === 'file') await storage.rename(location, previous);
  const file: WritableFile = await storage.create(location, { overwrite: true });
  let last: Promise<void> = Promise.resolve();
  const write = (line: object) => {
    const bytes = new TextEncoder().encode(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
    // A log that cannot be written must not fail the job; the same trouble will show where it matters.
    last = last.then(() => file.write(bytes)).catch(() => undefined);
  };
  return {
    record: (event) => write(loggable(event)),
    fail: (error) =>
      write({
        type: 'failed',
        message: error instanceof Error ? error.message : String(error),
        code: (error as { code?: string }).code,
      }),
    async close() {
      await last;
      await file.close();
    },
  };
}
