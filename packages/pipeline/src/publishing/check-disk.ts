import { formatByteSize, RiffleError } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { Planned } from '../planning/plan-stage.ts';
import type { Recovered } from '../resuming/recovered.ts';
import type { RunFolder } from './output-folder.ts';

/** Compares the plan's estimates, less what is on the disk already, with what is free. @throws `DISK_TOO_SMALL` */
export async function checkDisk(
  context: JobContext,
  { plan }: Planned,
  folder: RunFolder,
  { shards, units }: Recovered,
): Promise<void> {
  const { storage } = context.plugins;
  const spillFree = await storage.freeSpace(folder.spill);
  const outputFree = await storage.freeSpace(folder.shards);
  const together = context.recipe.tempDir === undefined;
  const written = [...shards.values()].flat().reduce((sum, { bytes }) => sum + bytes, 0);
  const spilled = [...units.values()].reduce((sum, { spill }) => sum + (spill?.bytes ?? 0), 0);
  // With every shard written nothing is scattered any more.
  const spill = shards.size === plan.shards ? 0 : Math.max(0, plan.memory.estimatedSpillBytes - spilled);
  const needed = Math.max(0, plan.estimatedOutputBytes - written) + (together ? spill : 0);
  const tooSmall = (where: string, need: number, free: number) =>
    new RiffleError(
      'DISK_TOO_SMALL',
      `${where} needs about ${formatByteSize(need)} and has ${formatByteSize(free)} free. Free some space, or choose another place${spill > 0 ? '; --strategy passes needs no temporary disk' : ''}.`,
      { needed: need, free },
    );
  if (outputFree !== undefined && needed > outputFree)
    throw tooSmall(`The output folder ${folder.output}`, needed, outputFree);
  if (!together && spillFree !== undefined && spill > spillFree)
    throw tooSmall(`The temp folder ${folder.spill}`, spill, spillFree);
}
