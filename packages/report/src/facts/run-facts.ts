import * as z from 'zod';

/** The digest of a manifest does not cover `run`: any value of it may be missing or be something else. */
const amount = z.number().min(0).optional().catch(undefined);
const word = z.string().optional().catch(undefined);
const stage = z.looseObject({
  stage: z.string(),
  from: z.number().min(0),
  to: z.number().min(0),
  rows: z.number().min(0),
  bytes: z.number().min(0),
});
const sample = z.looseObject({
  seconds: z.number().min(0),
  stage: z.string(),
  rows: z.number().min(0),
  bytes: z.number().min(0),
  memoryBytes: z.number().min(0),
  spilledBytes: z.number().min(0),
  residentBytes: z.number().min(0),
});
const source = z.looseObject({
  collections: z.array(z.string()),
  ofCollections: z.number().min(0),
  type: z.string().optional(),
  name: z.string().optional(),
  conversion: z.string(),
  risk: z.string(),
});
const column = z.looseObject({
  name: z.string(),
  type: z.string(),
  feature: z.string().optional(),
  sources: z.array(source),
});
const planned = z.looseObject({
  inputBytes: amount,
  decodedBytes: amount,
  outputBytes: amount,
  spillBytes: amount,
  memoryBytes: amount,
  buckets: amount,
  passes: amount,
  reason: word,
  verify: word,
});

/** Longer lists than Riffle writes are cut, so that a forged manifest costs no more than a real one. */
const most = { stages: 1000, samples: 1000, warnings: 1000, columns: 10_000 } as const;

function listOf<Item extends z.ZodType>(item: Item, length: number) {
  return z
    .array(z.unknown())
    .transform((values) =>
      values.slice(0, length).flatMap((value): z.output<Item>[] => {
        const parsed = item.safeParse(value);
        return parsed.success ? [parsed.data] : [];
      }),
    )
    .optional()
    .catch(undefined);
}

const runSchema = z.looseObject({
  startedAt: word,
  finishedAt: word,
  seconds: amount,
  host: word,
  node: word,
  workers: amount,
  memory: amount,
  strategy: word,
  peakMemoryBytes: amount,
  warnings: listOf(z.string(), most.warnings),
  timeline: z
    .looseObject({ stages: listOf(stage, most.stages), samples: listOf(sample, most.samples) })
    .optional()
    .catch(undefined),
  planned: planned.optional().catch(undefined),
  columns: listOf(column, most.columns),
});

/** What a manifest tells of the run, as far as it can be used. */
export type RunFacts = z.output<typeof runSchema>;
export type StageFacts = z.output<typeof stage>;
export type SampleFacts = z.output<typeof sample>;
export type ColumnFacts = z.output<typeof column>;

/** Reads `run` of a manifest. Never throws: what cannot be used is left out. */
export function readRun(run: unknown): RunFacts {
  const parsed = runSchema.safeParse(run);
  return parsed.success ? parsed.data : {};
}
