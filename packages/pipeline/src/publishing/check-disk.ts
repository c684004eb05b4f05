import { RiffleError } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { Planned } from '../planning/plan-stage.ts';
import type { RunFolder } from './output-folder.ts';

/** Compares the plan's estimates with what is free. @throws `DISK_TOO_SMALL` */
export async function checkDisk(context: JobContext, { plan }: Planned, folder: RunFolder): Promise<void> {
  const { storage } = context.plugins;
  const spillFree = await storage.freeSpace(folder.spill);
  const outputFree = await storage.freeSpace(folder.shards);
  const together = context.recipe.tempDir === undefined;
  const needed = plan.estimatedOutputBytes + (together ? plan.memory.estimatedSpillBytes : 0);
  const tooSmall = (where: string, need: number, free: number) =>
    new RiffleError(
      'DISK_TOO_SMALL',
      `${where} needs about ${need} bytes and has ${free} free. Free some space, choose another place, or take less temporary disk with --strategy passes.`,
      { needed: need, free },
    );
  if (outputFree !== undefined && needed > outputFree)
    throw tooSmall(`The output folder ${folder.output}`, needed, outputFree);
  if (!together && spillFree !== undefined && plan.memory.estimatedSpillBytes > spillFree)
    throw tooSmall(`The temp folder ${folder.spill}`, plan.memory.estimatedSpillBytes, spillFree);
}
