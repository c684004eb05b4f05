import type { ReadableFile, Reader, Storage, WritableFile, Writer } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import type { Pulse } from './heartbeat.ts';

/** What a worker learns of its plugins from outside. */
export interface WatchedPlugins {
  readonly plugins: PluginSet;
  /** Whether a reader trapped since the last call: whatever it held in memory may be wrong from then on. */
  takeTrapped(): boolean;
}

function watchReadable(file: ReadableFile, { beat }: Pulse): ReadableFile {
  const { readInto } = file;
  return {
    ...file,
    async read(...values) {
      const bytes = await file.read(...values);
      beat();
      return bytes;
    },
    ...(readInto === undefined
      ? {}
      : {
          async readInto(...values: Parameters<typeof readInto>) {
            await file.readInto!(...values);
            beat();
          },
        }),
    close: () => file.close(),
  };
}

function watchWritable(file: WritableFile, { beat }: Pulse): WritableFile {
  return {
    ...file,
    async write(...values) {
      await file.write(...values);
      beat();
    },
    async sync() {
      await file.sync();
      beat();
    },
    close: () => file.close(),
  };
}

function watchStorage(storage: Storage, pulse: Pulse): Storage {
  return {
    ...storage,
    async open(location, options) {
      pulse.at(location);
      return watchReadable(await storage.open(location, options), pulse);
    },
    async create(location, options) {
      pulse.at(location);
      return watchWritable(await storage.create(location, options), pulse);
    },
  };
}

function watchWriter(writer: Writer, { beat }: Pulse): Writer {
  return {
    ...writer,
    async create(...values) {
      const shard = await writer.create(...values);
      return {
        ...shard,
        async write(batch) {
          await shard.write(batch);
          beat();
        },
      };
    },
  };
}

function watchReader(reader: Reader, { beat }: Pulse, onError: (error: unknown) => void): Reader {
  return {
    ...reader,
    async survey(...values) {
      try {
        return await reader.survey(...values);
      } catch (error) {
        onError(error);
        throw error;
      }
    },
    async *read(...values) {
      try {
        for await (const batch of reader.read(...values)) {
          beat();
          yield batch;
        }
      } catch (error) {
        onError(error);
        throw error;
      }
    },
  };
}

/** The same plugins, with every step they take counted as a sign of life, and traps noticed, whoever catches them. */
export function watchPlugins(plugins: PluginSet, pulse: Pulse): WatchedPlugins {
  let trapped = false;
  const note = (error: unknown) => {
    const details = (error as { readonly details?: { readonly trap?: unknown } } | undefined)?.details;
    if (details?.trap === true) trapped = true;
  };
  return {
    plugins: {
      ...plugins,
      storage: watchStorage(plugins.storage, pulse),
      writer: watchWriter(plugins.writer, pulse),
      readers: plugins.readers.map((reader) => watchReader(reader, pulse, note)),
    },
    takeTrapped() {
      const was = trapped;
      trapped = false;
      return was;
    },
  };
}
