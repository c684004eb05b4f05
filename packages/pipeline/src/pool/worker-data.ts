import type { PluginReferences } from '@riffle/core';

/** What every worker is started with. */
export interface WorkerData {
  readonly references: PluginReferences;
  /** See {@link ./heartbeat.ts#createHeartbeat}. */
  readonly heartbeat: SharedArrayBuffer;
}
