import { back, type Back } from './back.ts';
import type { Draft } from './draft.ts';
import type { Page } from './page.ts';

/** One step of the wizard. */
export interface Step {
  readonly name: string;
  /** Whether it is asked at all, given the answers before it; always if absent. */
  readonly applies?: (draft: Draft) => boolean | Promise<boolean>;
  readonly ask: (draft: Draft) => Promise<Draft | Back>;
}

/** A step that sends the user to another one, the answers kept. */
export interface GoTo {
  readonly goTo: string;
  readonly draft: Draft;
}

/** The last step: decides what becomes of the answers, or sends the user to another step to change one. */
export interface LastStep<Decision> {
  readonly ask: (draft: Draft) => Promise<Decision | Back | GoTo>;
}

const isGoTo = (value: unknown): value is GoTo => typeof value === 'object' && value !== null && 'goTo' in value;

/**
 * Asks one step after the other. Back leads to the step before, which is asked again with its answer kept; from the first it asks that one
 * again. What was written since then is erased.
 */
export async function runFlow<Decision>(
  steps: readonly Step[],
  last: LastStep<Decision>,
  first: Draft,
  page: Page,
): Promise<Decision> {
  let draft = first;
  const path: { readonly index: number; readonly mark: number }[] = [];
  let index = 0;
  for (;;) {
    const step = steps[index];
    if ((await step?.applies?.(draft)) === false) {
      index++;
      continue;
    }
    const mark = page.mark();
    const answer = step === undefined ? await last.ask(draft) : await step.ask(draft);
    if (answer === back) {
      const before = path.pop() ?? { index, mark };
      page.takeBack(before.mark);
      index = before.index;
    } else if (isGoTo(answer)) {
      ({ draft } = answer);
      const target = path.findIndex((entry) => steps[entry.index]!.name === answer.goTo);
      const entry = path.splice(Math.max(0, target))[0]!;
      page.takeBack(entry.mark);
      index = entry.index;
    } else if (step === undefined) {
      return answer as Decision;
    } else {
      draft = answer as Draft;
      path.push({ index, mark });
      index++;
    }
  }
}
