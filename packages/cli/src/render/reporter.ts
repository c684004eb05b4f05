import type { RiffleEvent, StageName } from '@riffle/core';
import type { LogFormat } from '../flags/output-flags.ts';
import type { Host } from '../host.ts';
import { coloursFor } from './colours.ts';
import { errorText } from './error-text.ts';
import { createEventLines, type Weight } from './event-lines.ts';
import { eventRecord } from './event-record.ts';
import { createLineWriter, PLAIN_PROGRESS_MILLISECONDS } from './line-writer.ts';
import { createProgressMeter } from './progress.ts';
import { printableJson } from './wording.ts';

export interface ReporterOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly format: LogFormat;
}

/** Everything a command says to people, on stderr. */
export interface Reporter {
  onEvent(event: RiffleEvent): void;
  /** Lines of a result that was asked for; `closing` and `bad` ones are shown even with `--quiet`. */
  result(lines: readonly string[], weight: 'closing' | 'bad' | 'usual'): void;
  error(error: unknown, stateOfOutput: string | undefined): void;
  /** The stage that started last. */
  stage(): StageName | undefined;
  /** Whether the job left its work behind for `--resume`. */
  resumable(): boolean;
}

/** Renders events as lines for people, or as one JSON object a line. */
export function createReporter(host: Pick<Host, 'stderr' | 'environment' | 'now'>, options: ReporterOptions): Reporter {
  const colours = coloursFor(host);
  const writer = createLineWriter(host.stderr, host.now);
  const meter = createProgressMeter(host.now);
  const wordEvent = createEventLines();
  const json = options.format === 'json';
  const shown: Readonly<Record<Weight, boolean>> = {
    always: true,
    usual: !options.quiet,
    detail: options.verbose && !options.quiet,
  };
  let stage: StageName | undefined;
  let resumable = false;
  const record = (value: Record<string, unknown>) =>
    writer.line(printableJson({ time: new Date().toISOString(), ...value }));

  let progressAt = host.now();

  /** Progress comes many times a second; a log wants it now and then. */
  function isDue(event: RiffleEvent): boolean {
    if (event.type !== 'progress') return true;
    if (host.now() - progressAt < PLAIN_PROGRESS_MILLISECONDS) return false;
    progressAt = host.now();
    return true;
  }

  function renderText(event: RiffleEvent): void {
    if (event.type === 'progress') {
      meter.update(event);
      if (shown.usual) writer.progress(meter.text);
      return;
    }
    if (event.type === 'stage-started') {
      meter.start(event.stage);
      if (host.stderr.isTTY && shown.usual) writer.progress(() => `${event.stage} …`);
    }
    if (event.type === 'stage-finished') {
      writer.clear();
      const text = meter.finished(event.stage, event.seconds);
      if (text !== undefined && shown.usual) writer.line(text);
    }
    for (const { weight, text } of wordEvent(event)) {
      if (shown[weight]) writer.line(weight === 'always' ? colours.bad(text) : text);
    }
  }

  return {
    stage: () => stage,
    resumable: () => resumable,
    onEvent(event) {
      if (event.type === 'resumable') resumable = true;
      if (event.type === 'stage-started') stage = event.stage;
      if (!json) renderText(event);
      else if (event.type === 'warning' || (shown.usual && isDue(event)))
        writer.line(eventRecord(event, new Date().toISOString()));
    },
    result(lines, weight) {
      writer.clear();
      if (weight === 'usual' && !shown.usual) return;
      const paint = { usual: (line: string) => line, closing: colours.good, bad: colours.bad }[weight];
      if (json) record({ type: 'result', lines: lines.filter((line) => line !== '') });
      else for (const line of lines) writer.line(paint(line));
    },
    error(error, stateOfOutput) {
      writer.clear();
      const lines = [...errorText(error, options.verbose), ...(stateOfOutput === undefined ? [] : [stateOfOutput])];
      if (json) record({ type: 'error', lines });
      else for (const [index, line] of lines.entries()) writer.line(index === 0 ? colours.bad(line) : line);
    },
  };
}
