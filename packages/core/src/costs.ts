/** The kinds of work that a job is made of. */
export type WorkKind = 'decode' | 'permute' | 'fingerprint' | 'deal' | 'place' | 'encode' | 'check' | 'spill';

/** What of a job makes work, estimated from samples. */
export interface JobAmounts {
  readonly rows: number;
  /** Rows times leaf columns. */
  readonly cells: number;
  /** Values in all leaf columns: a list of 600 numbers holds 600. */
  readonly values: number;
  /** Arrow data. */
  readonly bytes: number;
}

/** What the work of a job costs on this machine. */
export interface JobCosts {
  /** Whether it was tried on this machine, with a piece of the job's own data, or assumed from measurements elsewhere. */
  readonly basis: 'assumed' | 'measured';
  readonly amounts: JobAmounts;
  /** Seconds of one core for doing each kind of work once with all rows. */
  readonly seconds: Readonly<Record<WorkKind, number>>;
  /** Bytes a second that the disk of the spill and the output takes. */
  readonly diskSpeed: number;
}

/** How long a job may take, in seconds. */
export interface TimeEstimate {
  readonly least: number;
  readonly likely: number;
  readonly most: number;
}
