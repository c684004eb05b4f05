import type { JobOptions, Reader, Storage } from '@riffle/core';
import type { Host, Pipeline } from '../host.ts';
import type { Colours } from '../render/colours.ts';
import type { Ask } from './ask.ts';
import type { CheckAnswer } from './check-answer.ts';
import type { Page } from './page.ts';

/** What the steps of the wizard work with. */
export interface WizardContext {
  readonly ask: Ask;
  readonly page: Page;
  readonly colours: Colours;
  readonly host: Host;
  readonly pipeline: Pipeline;
  readonly storage: Storage;
  /** Reads footers, to tell how large a collection is. */
  readonly reader: Reader;
  readonly jobOptions: JobOptions;
  readonly check: CheckAnswer;
  /** Where the recipe is, or will be. */
  readonly location: string;
  /** Its name as messages have it, relative to the working folder. */
  readonly file: string;
  /** A path of the recipe as somebody in the working folder would write it, and the reverse. */
  readonly shown: (path: string) => string;
  readonly typed: (text: string) => string;
}
