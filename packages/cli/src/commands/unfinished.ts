import { RiffleError } from '@riffle/core';
import type { Command } from './command.ts';

/** Refuses a command that the design has and this version has not; ignoring it would be worse. @throws NOT_AVAILABLE */
export function refuseUnfinished({ name, load }: Command): void {
  if (load !== undefined) return;
  const message = `The command ${name} is not available in this version of Riffle. Nothing was done; use a later version.`;
  throw new RiffleError('NOT_AVAILABLE', message, { command: name });
}
