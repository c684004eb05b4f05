import type { PartitionColumn } from './layout.ts';
import type { Recipe } from './recipe.ts';
import type { CollectionReport } from './report.ts';
import type { LostShard } from './survey.ts';
import type { Timeline } from './timeline.ts';
import type { ConversionRisk } from './treaty.ts';

/** A file beside the output shards. */
export interface IndexReceipt {
  readonly file: string;
  readonly bytes: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** Rows and fingerprint of one input shard, in plan order. */
export interface InputShardReceipt {
  readonly collection: string;
  readonly path: string;
  readonly rows: number;
  readonly fingerprint: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly rows: number }[];
}

/** One file of the result: a shard, or the rows of a shard that have the same values of the columns that the result is partitioned by. */
export interface OutputShardReceipt {
  readonly file: string;
  /** Number of its shard, from 0. Only where the result is partitioned: elsewhere each file is a shard, in order. */
  readonly shard?: number;
  /** Its values of `plan.partitionBy`, in that order: texts as they are, numbers in decimal, `true` or `false`. Only where the result is partitioned. */
  readonly partition?: readonly (string | null)[];
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  /** 32 lower-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** What the plan expected of the run, to be compared with what came of it. Bytes are estimates. */
export interface PlannedRun {
  /** Size of the files to be read. */
  readonly inputBytes: number;
  /** Arrow data in them. */
  readonly decodedBytes: number;
  readonly outputBytes: number;
  readonly spillBytes: number;
  /** Data held in all threads at most. */
  readonly memoryBytes: number;
  /** Why the strategy was chosen, a sentence. */
  readonly reason: string;
  /** How the shards were verified: the recipe's `verify`. */
  readonly verify: string;
}

/** Collections that have a column in the same way. */
export interface ColumnOrigin {
  /** The first of them. */
  readonly collections: readonly string[];
  /** How many there are. */
  readonly ofCollections: number;
  /** The column's name there, if it is another one. */
  readonly name?: string;
  /** The type there; missing where the collections do not have the column. */
  readonly type?: string;
  /** What was done, in a few words. */
  readonly conversion: string;
  readonly risk: ConversionRisk;
}

/** One column of the result, with what the collections have for it. */
export interface ConvertedColumn {
  readonly name: string;
  readonly type: string;
  /** The Hugging Face feature, where any is declared, in a few words. */
  readonly feature?: string;
  readonly sources: readonly ColumnOrigin[];
}

/** `<output>/.riffle/manifest.json`, written last. A directory without it is not a result. */
export interface Manifest {
  readonly format: 'riffle-manifest-v1';
  readonly riffleVersion: string;
  /** sha256 of the canonical JSON of `plan` and `receipt`. */
  readonly digest: string;
  readonly plan: {
    readonly seed: string;
    readonly shuffler: string;
    readonly rows: number;
    readonly shards: number;
    readonly reader: string;
    /** Readers that the recipe gave options, in the order in which they were asked; left out where it gave none. */
    readonly readers?: readonly { readonly name: string; readonly options: unknown }[];
    readonly writer: string;
    /** The layout that named the shards; left out where they lie by their numbers in the folder itself. */
    readonly layout?: string;
    /** The columns by whose values the layout divided shards into files; left out where each shard is one. */
    readonly partitionBy?: readonly PartitionColumn[];
    readonly compression: string;
    readonly rowGroupBytes: number;
    readonly profile: string;
    /** Rules by which inputs became the treaty. */
    readonly schema: Recipe['schema'];
    readonly columns: Recipe['columns'];
    /** base64 of the IPC stream of zero batches. */
    readonly treaty: string;
    readonly tuning: unknown;
    readonly collections: readonly { readonly name: string }[];
  };
  readonly receipt: {
    readonly inputs: readonly InputShardReceipt[];
    readonly outputs: readonly OutputShardReceipt[];
    /** Files that the format needs beside the shards; left out where it needs none. */
    readonly index?: readonly IndexReceipt[];
    readonly collections: readonly CollectionReport[];
    readonly lost: readonly LostShard[];
    readonly fingerprint: string;
  };
  /** Not part of the digest: differs from run to run. */
  readonly run: {
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly seconds: number;
    readonly host: string;
    readonly node: string;
    readonly workers: number;
    readonly memory: number;
    readonly strategy: string;
    readonly peakMemoryBytes: number;
    /** What the job did when. Runs before Riffle kept it have none. */
    readonly timeline?: Timeline;
    /** What was expected of it. Runs before Riffle kept it have none, nor the next one. */
    readonly planned?: PlannedRun;
    /** The columns and how they were converted: the first thousand. */
    readonly columns?: readonly ConvertedColumn[];
    /** As in the report. */
    readonly warnings?: readonly string[];
    /** Digest of what the job was made of: 64 lower-case hexadecimal digits. Tells `resume` whether this result is the one asked for. */
    readonly job?: string;
    /** Where the collections lay, as locations of the storage; `verify` reads there if it is asked to compare the inputs. */
    readonly inputs?: readonly { readonly name: string; readonly location: string }[];
  };
}
