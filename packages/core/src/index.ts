export { exactByteSize, formatByteSize, parseByteSize } from './byte-size.ts';
export { canonicalJson } from './canonical-json.ts';
export { errorTable, type ErrorCode } from './error-codes.ts';
export { fromEnvelope, toEnvelope, type ErrorEnvelope } from './error-envelope.ts';
export {
  BadContentError,
  isBadContent,
  isRiffleError,
  RecipeInvalidError,
  RiffleError,
  type ErrorPlace,
  type RecipeProblem,
  type RiffleErrorDetails,
} from './errors.ts';
export type { RiffleEvent, StageName } from './events.ts';
export type {
  FileInspection,
  InspectedColumn,
  InspectedMetadata,
  InspectedPath,
  InspectedSchema,
  InspectedStorage,
  Inspection,
  InspectionProblem,
  ResultHeadline,
  RowPreview,
  Spread,
} from './inspection.ts';
export type { JobOptions } from './job.ts';
export type {
  ColumnOrigin,
  ConvertedColumn,
  IndexReceipt,
  InputShardReceipt,
  Manifest,
  OutputShardReceipt,
  PlannedRun,
} from './manifest.ts';
export type { Timeline, TimelineSample, TimelineStage } from './timeline.ts';
export type { JobAmounts, JobCosts, TimeEstimate, WorkKind } from './costs.ts';
export type { BucketPlan, MemoryPlan, Plan, Strategy, StrategyCost, StrategyOption } from './plan.ts';
export { didYouMean, nearestWord } from './nearest-word.ts';
export type {
  JsonValue,
  OperationOptions,
  PluginContext,
  PluginFactory,
  PluginIdentity,
  PluginModule,
  PluginReference,
  PluginReferences,
} from './plugin.ts';
export type {
  ColumnStorage,
  DecodeLimits,
  FileSurvey,
  FragmentReadOptions,
  FragmentSurvey,
  Reader,
  SurveyOptions,
} from './reader.ts';
export {
  badShardPolicies,
  recipeDefaults,
  recipeLimits,
  schemaPolicies,
  strategies,
  verifyDepths,
} from './recipe-limits.ts';
export type { CollectionRecipe, ColumnRules, Recipe, RecipeInput } from './recipe.ts';
export type { ConversionRisk, TreatyColumn, TreatySource } from './treaty.ts';
export { lossKindOf, lossKinds, type LossKind } from './loss-kinds.ts';
export type { CollectionLosses, CollectionReport, LossesOfKind, Report, ShardReport } from './report.ts';
export type { Layout, PartitionColumn } from './layout.ts';
export { isShardPath } from './shard-path.ts';
export { shardTotals, type CountedFile, type ShardTotal } from './shard-totals.ts';
export { parsePluginOptions, type OptionsSchema } from './plugin-options.ts';
export type { Permutation, Shuffler } from './shuffler.ts';
export type { ReadableFile, Storage, StorageEntry, StorageEntryKind, WritableFile } from './storage.ts';
export type {
  DamagedFile,
  LossRecord,
  LostShard,
  Survey,
  SurveyedCollection,
  SurveyedFile,
  SurveyedFragment,
  SurveyedShard,
  SurveyedTwin,
} from './survey.ts';
export type { Finding, FindingCode, InputPlace, ShardExpectation, Verifier, VerifyOptions } from './verifier.ts';
export {
  compressionCodecs,
  writerProfiles,
  type CompressionCodec,
  type FinishedShard,
  type IndexFile,
  type ShardPlace,
  type ShardTarget,
  type ShardWriter,
  type TuningOptions,
  type TuningSample,
  type Writer,
  type WriterMemoryFacts,
  type WriterOptions,
  type WriterProfile,
} from './writer.ts';
export { count, counted, duration } from './wording.ts';
