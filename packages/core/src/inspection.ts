import type { LostShard } from './survey.ts';

/** A key-value pair of a file's metadata. */
export interface InspectedMetadata {
  readonly key: string;
  /** The text, or where it is long its first characters. Whatever stood in the file: not fit for a terminal as it is. */
  readonly value: string;
  /** Bytes of the whole value. */
  readonly bytes: number;
}

/** One leaf column as it is stored: of one file, or summed over files that have it alike. */
export interface InspectedStorage {
  /** Segments of the leaf's path, as the file format spells it. */
  readonly path: readonly string[];
  /** As the file format calls it: `INT32`, `BYTE_ARRAY (STRING)`. */
  readonly type: string;
  readonly codecs: readonly string[];
  readonly encodings: readonly string[];
  /** Bytes in the files. */
  readonly bytes: number;
  /** The same before compression, as declared. */
  readonly uncompressedBytes: number;
  /** Values with nulls counted, as declared. */
  readonly values: number;
  /** Absent unless every part of it says. */
  readonly nulls?: number;
  /** Whether its pages refer to a dictionary. `part`: the writer began one and gave it up. Absent where that is not told, or differs. */
  readonly dictionary?: 'all' | 'part' | 'none';
}

/** What only the reader of a format can say of a file, beyond the survey. JSON only, of bounded size for each column and fragment. */
export interface FileInspection {
  /** The program that wrote it, in its own words. */
  readonly writtenBy?: string;
  /** In order. Bytes in the file, and before compression as declared. */
  readonly fragments: readonly { readonly rows: number; readonly bytes: number; readonly uncompressedBytes: number }[];
  readonly columns: readonly InspectedStorage[];
  readonly metadata: readonly InspectedMetadata[];
}

/** A column of an Arrow schema. */
export interface InspectedColumn {
  readonly name: string;
  /** As people write it in a recipe: `list<int32>`. */
  readonly type: string;
  readonly nullable: boolean;
  /** The Hugging Face feature, where one is declared, in a few words: `Audio(sampling_rate=24000)`. */
  readonly feature?: string;
}

/** A schema with the files that have it. */
export interface InspectedSchema {
  readonly columns: readonly InspectedColumn[];
  readonly files: number;
  /** One of them, relative to the path that was given. */
  readonly example: string;
}

/** The least and the most of several numbers. */
export interface Spread {
  readonly least: number;
  readonly most: number;
}

/** Something that people should know of what was inspected. */
export interface InspectionProblem {
  /**
   * `content`: it cannot be read. `warning`: a survey would warn of it. `layout`: it is stored in a way that costs time or space.
   * `schema`: files differ. `manifest`: the folder is not what its manifest says.
   */
  readonly kind: 'content' | 'warning' | 'layout' | 'schema' | 'manifest';
  /** A sentence. */
  readonly message: string;
  /** Relative to the path that was given, where it is about one file. */
  readonly file?: string;
}

/** What a manifest says in short. It is what somebody wrote into a folder: `verify` tells whether it is true. */
export interface ResultHeadline {
  readonly riffleVersion: string;
  readonly rows: number;
  readonly shards: number;
  readonly seed: string;
  readonly shuffler: string;
  readonly collections: readonly { readonly name: string; readonly rows: number }[];
  /** Shards lost wholly or in part. */
  readonly lost: number;
  readonly digest: string;
  /** ISO 8601, if the manifest tells it. */
  readonly finishedAt?: string;
}

/** The first rows of a file as short text for people; null stands for null. */
export interface RowPreview {
  /** Relative to the path that was given. */
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What there is to know of one path from metadata and a few rows. */
export interface InspectedPath {
  /** As it was given. */
  readonly path: string;
  readonly kind: 'file' | 'collection' | 'result';
  /** Only of a result whose manifest can be used. */
  readonly result?: ResultHeadline;
  /** Names of the readers of its files. */
  readonly formats: readonly string[];
  readonly rows: number;
  /** Bytes of the files that can be read. */
  readonly bytes: number;
  /** Shards that can be read, and their files. */
  readonly shards: number;
  readonly files: number;
  /** Files of no known format, and dot entries. */
  readonly ignored: number;
  /** Shards that cannot be read, are missing or empty: the first thousand. */
  readonly lost: readonly Omit<LostShard, 'collection'>[];
  /** Distinct ones, most files first: the first ten. */
  readonly schemas: readonly InspectedSchema[];
  /** Fragments (row groups) of all files. */
  readonly fragments: {
    readonly count: number;
    readonly rows: Spread;
    readonly bytes: Spread;
    /** Absent where the reader does not tell. */
    readonly uncompressedBytes?: Spread;
  };
  /** Leaf columns of all files: the first thousand. */
  readonly columns: readonly InspectedStorage[];
  /** Programs that wrote the files, in their own words: the first ten. */
  readonly writtenBy: readonly string[];
  /** Of the first file that can be read. */
  readonly metadata: readonly InspectedMetadata[];
  /** The first two hundred. */
  readonly problems: readonly InspectionProblem[];
  readonly preview?: RowPreview;
}

/** What `inspect` returns and `riffle inspect --json` prints. */
export interface Inspection {
  readonly ok: true;
  /** One for every path, in the order in which they were given. */
  readonly paths: readonly InspectedPath[];
}
