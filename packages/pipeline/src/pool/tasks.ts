import type { Certificate } from '@riffle/certificate';
import type { ResultOrder } from '../publishing/certify-result.ts';
import type { SharedValues } from '../plugins/plugin-set.ts';
import type { ReadColumnResult, ReadColumnTask } from '../certifying/read-column-unit.ts';
import type { InspectResult, InspectTask, PreviewResult, PreviewTask } from '../inspecting/inspect-unit.ts';
import type { ExamineTask, ExamineResult } from '../survey/examine-files.ts';
import type { SampleResult, SampleTask, TuneResult, TuneTask } from '../planning/sample.ts';
import type { GatherResult, GatherTask } from '../moving/gather-unit.ts';
import type { ScatterResult, ScatterTask } from '../moving/scatter-unit.ts';
import type { CheckResult, CheckTask } from '../proof/check-shards.ts';
import type { TryResult, TryTask } from '../trial/try-work.ts';
import type { CheckFilesResult, CheckFilesTask } from '../resuming/check-files.ts';
import type { PickResult, PickTask } from '../verifying/pick-unit.ts';
import type { RereadResult, RereadTask } from '../verifying/reread-unit.ts';

/** Every unit of work a worker does, with what it gives back. Both survive structured cloning. */
export interface TaskTypes {
  readonly examine: { readonly task: ExamineTask; readonly result: ExamineResult };
  readonly sample: { readonly task: SampleTask; readonly result: SampleResult };
  readonly tune: { readonly task: TuneTask; readonly result: TuneResult };
  readonly try: { readonly task: TryTask; readonly result: TryResult };
  readonly scatter: { readonly task: ScatterTask; readonly result: ScatterResult };
  readonly gather: { readonly task: GatherTask; readonly result: GatherResult };
  readonly certify: { readonly task: ResultOrder; readonly result: Certificate };
  readonly check: { readonly task: CheckTask; readonly result: CheckResult };
  readonly checkFiles: { readonly task: CheckFilesTask; readonly result: CheckFilesResult };
  readonly reread: { readonly task: RereadTask; readonly result: RereadResult };
  readonly inspect: { readonly task: InspectTask; readonly result: InspectResult };
  readonly preview: { readonly task: PreviewTask; readonly result: PreviewResult };
  readonly pick: { readonly task: PickTask; readonly result: PickResult };
  readonly column: { readonly task: ReadColumnTask; readonly result: ReadColumnResult };
}

export type TaskKind = keyof TaskTypes;

/** What travels to a worker. */
export interface TaskMessage<Kind extends TaskKind = TaskKind> {
  readonly kind: Kind;
  readonly task: TaskTypes[Kind]['task'];
  /** What plugins prepared on the main thread: with the first message to a worker, and only then. */
  readonly shared?: SharedValues | undefined;
}
