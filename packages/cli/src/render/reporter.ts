import type { RiffleEvent, StageName } from '@riffle/core';
import type { LogFormat } from '../flags/output-flags.ts';
import type { Host } from '../host.ts';
import { canRedraw, coloursFor } from './colours.ts';
import { errorText } from './error-text.ts';
import { createEventLines, type Weight } from './event-lines.ts';
import { eventRecord } from './event-record.ts';
import { wrapped } from './fit.ts';
import { PLAIN_PROGRESS_MILLISECONDS } from './line-writer.ts';
import { createLivePresenter, createPlainPresenter } from './presenter.ts';
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
  /** An error, and below it lines about what it left and what to do next. */
  error(error: unknown, explanation: readonly string[]): void;
  /** The stage that started last. */
  stage(): StageName | undefined;
  /** Whether the job left its work behind for `--resume`. */
  resumable(): boolean;
  /** Columns that lines are to fit into; undefined where there is no terminal. */
  width(): number | undefined;
}

/** Lines to be copied: a break in them would be copied too. */
const snippet = /^ {2,}(?:or |columns: \{|Next: |rows = |import |const |Python|DuckDB|Node)/;

/** Renders events as lines for people, or as one JSON object a line. */
export function createReporter(host: Pick<Host, 'stderr' | 'environment' | 'now'>, options: ReporterOptions): Reporter {
  const colours = coloursFor(host);
  const json = options.format === 'json';
  const shown: Readonly<Record<Weight, boolean>> = {
    always: true,
    usual: !options.quiet,
    detail: options.verbose && !options.quiet,
  };
  const live = canRedraw(host) && !json && shown.usual;
  const presenter = live
    ? createLivePresenter(host.stderr, host.now, colours)
    : createPlainPresenter(host.stderr, host.now, shown.usual && !json);
  const width = () => (host.stderr.isTTY && !json ? host.stderr.columns : undefined);
  const wordEvent = createEventLines(width);
  let stage: StageName | undefined;
  let resumable = false;
  let progressAt = host.now();

  const record = (value: Record<string, unknown>) =>
    presenter.line(printableJson({ time: new Date().toISOString(), ...value }));

  function print(line: string, paint = (text: string) => text): void {
    for (const part of snippet.test(line) ? [line] : wrapped(line, width())) presenter.line(paint(part));
  }

  /** Progress comes many times a second; a log wants it now and then. */
  function isDue(event: RiffleEvent): boolean {
    if (event.type !== 'progress') return true;
    if (host.now() - progressAt < PLAIN_PROGRESS_MILLISECONDS) return false;
    progressAt = host.now();
    return true;
  }

  function renderText(event: RiffleEvent): void {
    presenter.onEvent(event);
    for (const { weight, text } of wordEvent(event)) {
      if (shown[weight]) print(text, weight === 'always' ? colours.bad : undefined);
    }
  }

  return {
    stage: () => stage,
    resumable: () => resumable,
    width,
    onEvent(event) {
      if (event.type === 'resumable') resumable = true;
      if (event.type === 'stage-started') stage = event.stage;
      if (!json) renderText(event);
      else if (event.type === 'warning' || (shown.usual && isDue(event)))
        presenter.line(eventRecord(event, new Date().toISOString()));
    },
    result(lines, weight) {
      presenter.end(false);
      if (weight === 'usual' && !shown.usual) return;
      const paint = { usual: undefined, closing: colours.good, bad: colours.bad }[weight];
      if (json) record({ type: 'result', lines: lines.filter((line) => line !== '') });
      else for (const line of lines) print(line, paint);
    },
    error(error, explanation) {
      presenter.end(true);
      const lines = [...errorText(error, options.verbose, width()), ...explanation];
      if (json) record({ type: 'error', lines });
      else for (const [index, line] of lines.entries()) print(line, index === 0 ? colours.bad : undefined);
    },
  };
}
