import { relative } from 'node:path';
import { createParquetReader } from '@riffle/reader-parquet';
import { createFileStorage } from '@riffle/storage-file';
import { jobOptionsFor } from '../commands/read-recipe.ts';
import type { CommandCall } from '../commands/command.ts';
import type { Terminal } from '../host.ts';
import { replaceText } from '../recipe/write-text.ts';
import { coloursFor } from '../render/colours.ts';
import { printableLine } from '../render/wording.ts';
import { createAsk, noteOn } from './ask.ts';
import { createOffers } from './collections/offers.ts';
import { createCheckAnswer } from './check-answer.ts';
import type { WizardContext } from './context.ts';
import type { Draft } from './draft.ts';
import { runFlow } from './flow.ts';
import { openRecipe } from './open-recipe.ts';
import { createPage } from './page.ts';
import { planStep, type Decision } from './plan-step.ts';
import { collectionsStep } from './questions/collections.ts';
import { namesStep } from './questions/names.ts';
import { outputStep } from './questions/output.ts';
import { moreSteps, usualSteps } from './questions/settings.ts';
import { processesStep, shardsStep } from './questions/shards.ts';
import { recipeText } from './recipe/recipe-text.ts';
import { whereToSave } from './where-to-save.ts';

/** What the wizard has written, and what is to be done with it. */
export interface WizardEnd {
  readonly next: Decision['next'];
  /** The recipe as somebody in the working folder would write it. */
  readonly recipe: string;
}

/**
 * Asks for a whole recipe, shows its plan, and writes it. Nothing is written before the last answer.
 *
 * @param call its argument names the recipe to edit or to make; `riffle.yaml` if there is none
 * @throws WizardLeft if the user leaves; RiffleError if the recipe named cannot be edited
 */
export async function runWizard({ argument, host, reporter }: CommandCall, terminal: Terminal): Promise<WizardEnd> {
  const storage = createFileStorage();
  const { original, json, location, folder, shown, typed } = await openRecipe(argument, host.workingFolder, storage);
  const pipeline = await host.loadPipeline();
  const jobOptions = jobOptionsFor(host, reporter, folder);
  const page = createPage(host.stderr);
  const colours = coloursFor(host);
  const file = printableLine(relative(host.workingFolder, location));
  const context: WizardContext = {
    ask: createAsk(terminal, host.signal, noteOn(page, colours.good('✔'))),
    page,
    colours,
    host,
    pipeline,
    storage,
    reader: createParquetReader(),
    jobOptions,
    check: createCheckAnswer(pipeline, storage, jobOptions),
    location,
    file,
    shown,
    typed,
  };
  page.say(
    colours.strong(original === undefined ? 'Riffle: merge, shuffle, split evenly.' : `Riffle: editing ${file}.`),
    'Enter accepts, Escape goes back, Ctrl-C leaves and writes nothing.',
    '',
  );
  const textOf = ({ values }: Draft) => recipeText(values, original, json);
  const offers = createOffers(context);
  const {
    draft,
    next,
    location: target,
  } = await runFlow(
    [
      collectionsStep(context, offers),
      namesStep(context, offers),
      outputStep(context),
      processesStep(context),
      shardsStep(context, (draft) => offers.inputBytes(draft)),
      ...usualSteps(context),
      ...moreSteps(context),
    ],
    planStep(context, textOf, whereToSave(context, original?.text)),
    { values: original?.values ?? {} },
    page,
  ).finally(() => page.status(''));
  const text = textOf(draft);
  if (text !== original?.text || target !== location) await replaceText(target, text, storage);
  return { next, recipe: relative(host.workingFolder, target) };
}
