import type { PluginReferences } from '@riffle/core';
import type { SharedValues } from '../plugins/plugin-set.ts';

/** What every worker is started with. */
export interface WorkerData {
  readonly references: PluginReferences;
  readonly shared: SharedValues;
  /** See {@link ./heartbeat.ts#createHeartbeat}. */
  readonly heartbeat: SharedArrayBuffer;
}
