import checkbox from '@inquirer/checkbox';
import input from '@inquirer/input';
import search from '@inquirer/search';
import select from '@inquirer/select';
import { back, WizardLeft, type Back } from './back.ts';
import { installKeys } from './keys.ts';
import type { Page } from './page.ts';
import { promptTheme } from './prompt-theme.ts';
import { wrapLine } from './wrap-line.ts';
import type { Terminal } from '../host.ts';
import { printableLine } from '../render/wording.ts';

/** What every question has. */
interface AnyQuestion {
  /** A few words, without a question mark. */
  readonly title: string;
  /** One line. */
  readonly help?: string | undefined;
}

interface TextQuestion extends AnyQuestion {
  /** The answer if nothing is typed. */
  readonly default?: string | undefined;
  /** What is wrong with an answer, as a sentence, if anything is. */
  readonly check?: (answer: string) => Promise<string | undefined> | string | undefined;
}

export interface Choice<Value> {
  readonly value: Value;
  readonly name: string;
  /** One line, shown while the choice is pointed at. */
  readonly about?: string | undefined;
  /** What is noted once it is chosen, if not its name. */
  readonly short?: string;
  /** For {@link Ask.several}: whether it is picked from the start. */
  readonly picked?: boolean;
}

interface ChoiceQuestion<Value> extends AnyQuestion {
  readonly choices: readonly Choice<Value>[];
  readonly default?: Value | undefined;
}

interface SeveralQuestion<Value> extends AnyQuestion {
  readonly choices: readonly Choice<Value>[];
  readonly check?: (values: readonly Value[]) => Promise<string | undefined> | string | undefined;
}

interface SearchQuestion<Value> extends AnyQuestion {
  /** What fits the text typed so far, the best first. */
  readonly find: (text: string) => Promise<readonly Choice<Value>[]>;
  readonly check?: (value: Value) => Promise<string | undefined> | string | undefined;
}

/**
 * Puts questions. Escape gives {@link back} and leaves nothing of the question on the screen; an answer is noted on the page.
 * @throws WizardLeft on Ctrl-C, Ctrl-D, the end of the input, or when the signal is aborted
 */
export interface Ask {
  text(question: TextQuestion): Promise<string | Back>;
  one<Value>(question: ChoiceQuestion<Value>): Promise<Value | Back>;
  several<Value>(question: SeveralQuestion<Value>): Promise<readonly Value[] | Back>;
  search<Value>(question: SearchQuestion<Value>): Promise<Value | Back>;
}

type PromptContext = NonNullable<Parameters<typeof input>[1]>;

/** Prompts would wrap in the middle of words. */
const inWords = (text: string, width: number) => wrapLine(printableLine(text), width - 1).join('\n');

const shown = <Value, Given>({ name, about, short, picked }: Choice<Value>, width: number, value: Given) => ({
  value,
  name: printableLine(name),
  short: printableLine(short ?? name),
  checked: picked ?? false,
  ...(about === undefined ? {} : { description: inWords(about, width) }),
});

const DEFAULT_WIDTH = 80;
const DEFAULT_HEIGHT = 24;
const MOST_CHOICES = 12;

/** @param note writes a question and its answer on the page */
export function createAsk(
  { input: keys, output }: Terminal,
  signal: AbortSignal,
  note: (title: string, answer: string) => void,
): Ask {
  installKeys(keys);
  const screen = output as Partial<NodeJS.WriteStream>;
  const width = () => screen.columns ?? DEFAULT_WIDTH;
  /** Choices shown at once: what does not fit the screen could not be erased. */
  const height = () => Math.max(3, Math.min(MOST_CHOICES, (screen.rows ?? DEFAULT_HEIGHT) - 8));

  /** A complaint in the form that prompts want: true if there is none. */
  const judged = async (complaint: Promise<string | undefined> | string | undefined) =>
    inWords((await complaint) ?? '', width() - '! '.length) || true;

  async function put<Answer>(prompt: (context: PromptContext) => Promise<Answer>): Promise<Answer | Back> {
    const turn = new AbortController();
    let wentBack = false;
    const leave = () => turn.abort();
    const onKey = (_: unknown, key: { name?: string; ctrl?: boolean } | undefined) => {
      wentBack = key?.name === 'escape';
      // Readline would close without a word to the prompt.
      if (wentBack || (key?.ctrl === true && key.name === 'd')) turn.abort();
    };
    keys.on('keypress', onKey).on('end', leave);
    try {
      const both = AbortSignal.any([signal, turn.signal]);
      return await prompt({ input: keys, output, signal: both, clearPromptOnDone: true });
    } catch (error) {
      if (wentBack) return back;
      const name = error instanceof Error ? error.name : '';
      if (name === 'ExitPromptError' || name === 'AbortPromptError') throw new WizardLeft();
      throw error;
    } finally {
      keys.removeListener('keypress', onKey).removeListener('end', leave);
    }
  }

  async function noted<Answer>(title: string, asked: Promise<Answer | Back>, words: (answer: Answer) => string) {
    const answer = await asked;
    if (answer !== back) note(title, printableLine(words(answer)));
    return answer;
  }

  return {
    text: ({ title, help, default: byDefault, check }) =>
      noted(
        title,
        put((context) =>
          input(
            {
              message: title,
              theme: promptTheme('text', help, width()),
              validate: (answer) => judged(check?.(answer.trim())),
              ...(byDefault === undefined ? {} : { default: byDefault }),
            },
            context,
          ).then((answer) => answer.trim()),
        ),
        (answer) => answer || '–',
      ),
    one: ({ title, help, choices, default: byDefault }) =>
      noted(
        title,
        put((context) =>
          select<number>(
            {
              message: title,
              theme: promptTheme('one', help, width()),
              loop: false,
              pageSize: height(),
              choices: choices.map((choice, index) => shown(choice, width(), index)),
              default: Math.max(
                0,
                choices.findIndex(({ value }) => value === byDefault),
              ),
            },
            context,
          ),
        ),
        (index) => choices[index]!.short ?? choices[index]!.name,
      ).then((index) => (index === back ? back : choices[index]!.value)),
    several: ({ title, help, choices, check }) =>
      put((context) =>
        checkbox<number>(
          {
            message: title,
            theme: promptTheme('several', help, width()),
            loop: false,
            pageSize: height(),
            choices: choices.map((choice, index) => shown(choice, width(), index)),
            validate: (picked) => judged(check?.(picked.map(({ value }) => choices[value]!.value))),
          },
          context,
        ),
      ).then((picked) => (picked === back ? back : picked.map((index) => choices[index]!.value))),
    search: ({ title, help, find, check }) =>
      put((context) =>
        // The value is the choice itself: searches may end in another order than they began in, so a number could mean another's result.
        search<Awaited<ReturnType<typeof find>>[number]>(
          {
            message: title,
            theme: promptTheme('search', help, width()),
            pageSize: height(),
            source: async (text) => (await find(text ?? '')).map((choice) => shown(choice, width(), choice)),
            validate: ({ value }) => judged(check?.(value)),
          },
          context,
        ).then(({ value }) => value),
      ),
  };
}

/** Notes questions and answers as lines of a page. */
export function noteOn(page: Page, tick: string): (title: string, answer: string) => void {
  return (title, answer) => page.say(`${tick} ${title}  ${answer}`);
}
