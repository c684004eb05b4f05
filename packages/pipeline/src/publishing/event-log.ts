import type { RiffleEvent, Storage, WritableFile } from '@riffle/core';
import { logName } from './output-folder.ts';

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

export async function openEventLog(storage: Storage, stateFolder: string): Promise<EventLog> {
  await storage.makeFolder(stateFolder);
  const file: WritableFile = await storage.create(storage.join(stateFolder, logName), { overwrite: true });
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
