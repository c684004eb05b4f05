import { formatByteSize, count, duration } from '@riffle/core';
import type { Colours } from '../colours.ts';
import { cutAtEnd, widthOf } from '../fit.ts';
import { roughDuration } from '../wording.ts';
import type { JobState, StageState } from './job-state.ts';

const WIDEST_BAR = 40;
const NARROWEST_BAR = 8;
const signs = { done: '✓', 'under way': '▸', 'to come': '·', failed: '✗' } as const;

/** A job under way in a few lines, none wider than `width`. */
export function liveLines(state: JobState, width: number, colours: Colours): string[] {
  const lines = [...stageLines(state.stages, width, colours, false)];
  if (state.progress !== undefined) lines.push(barLine(state, width));
  return [...lines, ...flowed(facts(state), ' · ', width)];
}

/** What the stages of a job took, when it is over. */
export function closingStageLines(
  stages: readonly StageState[],
  width: number,
  colours: Colours,
  failed: boolean,
): string[] {
  const shown = stages.filter(({ status }) => status === 'done' || (failed && status === 'under way'));
  return shown.length === 0 ? [] : stageLines(shown, width, colours, failed);
}

function stageLines(stages: readonly StageState[], width: number, colours: Colours, over: boolean): string[] {
  const items = stages.map(({ stage, status, seconds, rows, bytes }) => {
    const time = status === 'done' || over ? ` ${duration(seconds)}` : '';
    const rate =
      seconds >= 0.1 && rows > 0 && status === 'done' ? `, ${formatByteSize(Math.round(bytes / seconds))}/s` : '';
    return { text: `${stage}${time}${rate}`, status: over && status === 'under way' ? ('failed' as const) : status };
  });
  const paint = {
    done: colours.good,
    'under way': colours.strong,
    'to come': (text: string) => text,
    failed: colours.bad,
  };
  return flowed(
    items.map(({ text, status }) => paint[status](`${signs[status]} ${text}`)),
    '  ',
    width,
  );
}

function barLine({ progress, pass, passes }: JobState, width: number): string {
  const { stage, rows, ofRows } = progress!;
  const share = ofRows === 0 ? 0 : Math.min(1, rows / ofRows);
  const name = passes > 1 && stage !== 'verify' ? `${stage} ${pass}/${passes}` : stage;
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const room = width - widthOf(name) - percent.length - 2;
  const counts = [`  ${count(rows)} of ${count(ofRows)} rows`, `  ${count(rows)} rows`, ''].find(
    (text) => room - text.length >= NARROWEST_BAR + 4,
  );
  const size = Math.max(NARROWEST_BAR, Math.min(WIDEST_BAR, room - (counts ?? '').length));
  const full = Math.round(share * size);
  return cutAtEnd(`${name} ${'█'.repeat(full)}${'░'.repeat(size - full)} ${percent}${counts ?? ''}`, width);
}

function facts(state: JobState): string[] {
  const { progress, stageSeconds, memoryBytes, memoryBudget, spilledBytes, seconds, secondsLeft } = state;
  const list: string[] = [];
  if (progress !== undefined && stageSeconds >= 0.1) {
    const { rows, bytes } = progress;
    list.push(`${count(rows / stageSeconds)} rows/s`, `${formatByteSize(Math.round(bytes / stageSeconds))}/s`);
  }
  if (memoryBytes > 0) {
    const budget = memoryBudget === undefined ? '' : ` of ${formatByteSize(memoryBudget)}`;
    list.push(`memory ${formatByteSize(memoryBytes)}${budget}`);
  }
  if (spilledBytes > 0) list.push(`spilled ${formatByteSize(spilledBytes)}`);
  list.push(`${duration(Math.floor(seconds))} so far`);
  if (secondsLeft !== undefined) list.push(`about ${roughDuration(secondsLeft)} left`);
  return list;
}

/** Parts one after the other, in as many lines as they need; a part that alone is too wide is cut. */
function flowed(parts: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const fitting = cutAtEnd(part, width);
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + between.length + widthOf(fitting) <= width)
      lines[lines.length - 1] = last + between + fitting;
    else lines.push(fitting);
  }
  return lines;
}
