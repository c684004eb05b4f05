import {
  compressionCodecs,
  type Finding,
  type JobOptions,
  type JsonValue,
  type Manifest,
  type PluginReference,
  type PluginReferences,
  type Reader,
  type Storage,
  type Writer,
} from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { loadPlugin } from './plugins/load-plugin.ts';
import { locate } from './preflight/locate.ts';
import { runStage } from './run-stage.ts';
import { asRiffleError, startJob, type StartedJob } from './start-job.ts';
import { checkIndex } from './verifying/check-index.ts';
import { checkOutputs, extraShards } from './verifying/check-outputs.ts';
import { compareInputs, type InputsCompared } from './verifying/compare-inputs.ts';
import { judgeManifest } from './verifying/judge-manifest.ts';
import { locateInputs } from './verifying/locate-inputs.ts';
import { manifestFile, readManifest } from './verifying/read-manifest.ts';

/** What `verify` is given beside the folder. */
export interface VerifyResultOptions extends JobOptions {
  /** Also read the inputs again and compare them, from where the manifest says they were unless `inputs` says otherwise. Default false. */
  readonly againstInputs?: boolean | undefined;
  /** Where collections are now, by name. */
  readonly inputs?: readonly { readonly name: string; readonly path: string }[] | undefined;
}

/** What `verify` found. `ok` if there is no finding. */
export interface Verification {
  readonly ok: boolean;
  readonly shards: number;
  readonly rows: number;
  readonly findings: readonly Finding[];
  /** What of the inputs was compared, if that was asked for and the manifest could be used. */
  readonly inputs?: InputsCompared;
}

/** Tells how many shards are as they should be. */
function tell(context: StartedJob, { receipt }: Manifest, findings: readonly Finding[]): void {
  const listed = new Set(receipt.outputs.map(({ file }) => file));
  const touched = new Set(findings.filter(({ file }) => listed.has(file)).map(({ file }) => file)).size;
  const missing = findings.filter(({ code }) => code === 'missing').length;
  const empty = findings.filter(({ code }) => code === 'empty').length;
  const different = touched - missing - empty;
  context.emit({ type: 'verified', valid: listed.size - touched, empty, missing, different });
}

/** The writer that a result is of, among those given; the first if it is of none of them. */
async function writerOf(
  manifest: Manifest | string,
  { writer, writers = [] }: PluginReferences,
): Promise<PluginReference> {
  if (typeof manifest === 'string') return writer;
  const compression = compressionCodecs.find((codec) => codec === manifest.plan.compression);
  const asWritten = (reference: PluginReference): PluginReference =>
    compression === undefined ? reference : { ...reference, context: { compression } };
  for (const reference of writers)
    if ((await loadPlugin<Writer>('writer', reference)).name === manifest.plan.writer) return asWritten(reference);
  return asWritten(writer);
}

/** The readers that are given, before them those to which the job gave options, with these. Of what is not given nothing is loaded. */
async function readersOf(
  manifest: Manifest | string,
  { readers }: PluginReferences,
): Promise<readonly PluginReference[]> {
  const named = typeof manifest === 'string' ? [] : (manifest.plan.readers ?? []);
  if (named.length === 0) return readers;
  const given = await Promise.all(
    readers.map(async (reference) => ({ reference, name: (await loadPlugin<Reader>('reader', reference)).name })),
  );
  const before = named.flatMap(({ name, options }) => {
    const found = given.find((plugin) => plugin.name === name);
    return found === undefined ? [] : [{ ...found.reference, options: options as JsonValue }];
  });
  return [...before, ...readers];
}

/** {@link verify} for a job that has started. Looks at inputs only if `request` says so. */
export async function verifyOutput(
  context: StartedJob,
  output: string,
  { againstInputs = false, inputs: given = [] }: Pick<VerifyResultOptions, 'againstInputs' | 'inputs'> = {},
  read?: Manifest | string,
): Promise<Verification> {
  const { storage, writer, shuffler } = context.plugins;
  const manifest = read ?? (await readManifest(storage, output, context.signal));
  if (typeof manifest === 'string') {
    const message = `The manifest cannot be used: ${manifest}.`;
    return { ok: false, shards: 0, rows: 0, findings: [{ file: manifestFile, code: 'manifest', message }] };
  }
  const { shards, rows } = manifest.plan;
  // Before the long work: who has to say where the inputs are should learn it now.
  const inputs = againstInputs ? locateInputs(manifest, given, context.locate) : [];
  const { findings: contradictions, opensShards, consistent } = judgeManifest(manifest, writer.extension, shuffler);
  const differences = opensShards
    ? await runStage(context, 'verify', () => checkOutputs(context, output, manifest))
    : [];
  const extra = await extraShards(storage, output, writer.extension, manifest);
  const index = await checkIndex(storage, output, writer.extension, manifest);
  const findings = [...contradictions, ...differences, ...extra, ...index];
  tell(context, manifest, findings);
  if (!againstInputs) return { ok: findings.length === 0, shards, rows, findings };
  const readable = consistent && !differences.some(({ code }) => code === 'manifest');
  if (!readable) {
    context.warn('The inputs were not compared, since the manifest contradicts itself.');
    return { ok: false, shards, rows, findings };
  }
  const { findings: more, compared } = await runStage(context, 'verify', () =>
    compareInputs(context, output, manifest, inputs, findings),
  );
  return { ok: findings.length + more.length === 0, shards, rows, findings: [...findings, ...more], inputs: compared };
}

/**
 * Checks a result against its manifest: every shard's bytes, sha256, schema, rows and fingerprint; no shard missing or
 * added; the manifest not edited; and, if asked, the inputs. Loads only the plugins it is given: nothing that the manifest names.
 * @throws `NOT_A_RESULT` if there is no manifest, `USAGE` if it is not known where an input is, and what depends on the machine.
 */
export async function verify(folder: string, options: VerifyResultOptions): Promise<Verification> {
  // No job is planned from this; it stands for the parts of a job that verifying needs.
  const recipe = recipeSchema.parse({ collections: [{ name: 'result', path: '.' }], output: '.' });
  const { plugins, signal, baseFolder } = options;
  let manifest: Manifest | string;
  let writer: PluginReference;
  let readers: readonly PluginReference[];
  try {
    const storage = await loadPlugin<Storage>('storage', plugins.storage);
    manifest = await readManifest(storage, locate(folder, baseFolder, storage), signal);
    writer = await writerOf(manifest, plugins);
    readers = await readersOf(manifest, plugins);
  } catch (error) {
    throw asRiffleError(error, signal);
  }
  const context = await startJob(recipe, {
    ...options,
    plugins: { ...plugins, writer, readers },
    onEvent: (event) => event.type !== 'configured' && options.onEvent?.(event),
  });
  try {
    return await verifyOutput(context, context.locate(folder), options, manifest);
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
