import { RiffleError } from '@riffle/core';
import { optionKey, type FlagValues } from '../recipe/apply-flags.ts';
import type { Command } from './command.ts';

/** Refuses what the design has and this version has not; ignoring it would be worse. @throws NOT_AVAILABLE */
export function refuseUnfinished(command: Command, flags: FlagValues): void {
  if (command.load === undefined) throw notAvailable(`The command ${command.name}`, { command: command.name });
  for (const flag of command.flags) {
    const given = flags[optionKey(flag)];
    const { unfinished, name } = flag;
    if (given === undefined || unfinished === undefined) continue;
    if (unfinished === true) throw notAvailable(`The flag ${name}`, { flag: name });
    if (typeof given === 'string' && unfinished.includes(given))
      throw notAvailable(`${name} ${given}`, { flag: name, value: given });
  }
}

function notAvailable(what: string, details: Record<string, string>): RiffleError {
  const message = `${what} is not available in this version of Riffle. Nothing was done; leave it out, or use a later version.`;
  return new RiffleError('NOT_AVAILABLE', message, details);
}
