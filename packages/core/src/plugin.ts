import type { CompressionCodec } from './writer.ts';

/** What every plugin object carries, whatever its role. */
export interface PluginIdentity<Role extends string> {
  /** Version of the contract the plugin was written for; the pipeline refuses one it does not know. */
  readonly specificationVersion: 'v1';
  readonly role: Role;
  /** Short, stable, lower case, for instance `parquet`. Appears in messages and manifests. */
  readonly name: string;
}

/**
 * How a recipe or a caller names a plugin: a module whose default export is a {@link PluginFactory}.
 * A worker thread loads the module itself, so it must be resolvable by specifier alone.
 */
export interface PluginReference {
  /** A package name, or a `file:` URL. */
  readonly specifier: string;
  /** Handed to the factory as it is. Must survive JSON. */
  readonly options?: JsonValue;
  /** Given by the pipeline. */
  readonly context?: PluginContext;
}

/** What of a job a plugin may have to know when it is made. */
export interface PluginContext {
  /** Of a writer: the recipe's compression, on which the ending of its files may depend. */
  readonly compression?: CompressionCodec;
}

/**
 * Makes a plugin from its JSON options. `shared` is what {@link PluginModule.prepare} returned on the main thread; `context` is missing where there is
 * no job around it.
 */
export type PluginFactory<Plugin> = (
  options?: JsonValue,
  shared?: unknown,
  context?: PluginContext,
) => Plugin | Promise<Plugin>;

/** The shape of a plugin's module. */
export interface PluginModule<Plugin> {
  readonly default: PluginFactory<Plugin>;
  /**
   * Runs once on the main thread; the result is cloned to every worker and given to the factory there.
   * For what is costly to make and cheap to share, such as a compiled `WebAssembly.Module`.
   */
  readonly prepare?: (options?: JsonValue) => unknown;
  /** A JSON Schema of the options, with a sentence to each: what help shows. The factory checks the options itself. */
  readonly optionsSchema?: JsonValue;
}

/** The specifiers of every plugin a job may use, by role. Order is the order in which readers are asked. */
export interface PluginReferences {
  readonly readers: readonly PluginReference[];
  readonly writer: PluginReference;
  /** Other writers whose results can be verified: the one is taken whose name the manifest has. */
  readonly writers?: readonly PluginReference[];
  readonly shuffler: PluginReference;
  readonly storage: PluginReference;
  readonly verifier: PluginReference;
  /** Without one, shards lie in the output folder itself, by their numbers. */
  readonly layout?: PluginReference | undefined;
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** Every method that does I/O takes this. */
export interface OperationOptions {
  /** Aborting it rejects the operation with the signal's reason as soon as it is safe. */
  readonly signal?: AbortSignal | undefined;
}
