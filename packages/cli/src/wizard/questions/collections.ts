import { formatByteSize, counted } from '@riffle/core';
import { printableLine } from '../../render/wording.ts';
import { back, type Back } from '../back.ts';
import type { Offer, Offers } from '../collections/offers.ts';
import { suggestName } from '../collections/suggest-name.ts';
import type { Choice } from '../ask.ts';
import type { WizardContext } from '../context.ts';
import { collectionsOf, withValue, type Draft, type DraftCollection } from '../draft.ts';
import type { Step } from '../flow.ts';

/** Names longer than this do not widen the column of names. */
const mostWidth = 24;

/** Asks which of the collections found are to be merged. Others are named in the step after it. */
export function collectionsStep({ ask, page, shown }: WizardContext, offers: Offers): Step {
  function choice(offer: Offer, picked: boolean, width: number): Choice<Offer> {
    const { collection, measured, files, isResult } = offer;
    const rows = measured.rows === undefined ? '? rows' : counted(measured.rows, 'row');
    const unreadable = measured.unreadable === 0 ? '' : `, ${measured.unreadable} unreadable`;
    return {
      value: offer,
      picked,
      name: `${collection.name.padEnd(width)}  ${files === 0 ? 'no data found' : `${rows}, ${formatByteSize(measured.bytes)}`}`,
      about: `${shown(collection.path)}: ${counted(files, 'file')}${unreadable}${isResult ? ', a result of Riffle' : ''}`,
    };
  }

  return {
    name: 'collections',
    async ask(draft): Promise<Draft | Back> {
      page.status('Looking for collections below this folder …');
      await offers.lookAround(draft);
      page.status('');
      const all = offers.all();
      if (all.length === 0) return draft;
      const picked = new Set(await Promise.all(collectionsOf(draft).map(({ path }) => offers.at(path))));
      const width = Math.min(
        mostWidth,
        Math.max(...all.map(({ collection }) => printableLine(collection.name).length)),
      );
      const answer = await ask.several<Offer>({
        title: 'Which collections shall be merged?',
        help: offers.isComplete() ? undefined : 'There is much below this folder; not all of it was looked at.',
        choices: all.map((offer) => choice(offer, picked.has(offer), width)),
      });
      if (answer === back) return back;
      return withValue(draft, 'collections', named(answer, draft));
    },
  };
}

/** The collections of some offers, as they are in the draft if they are there, and no name twice. */
function named(picked: readonly Offer[], draft: Draft): DraftCollection[] {
  const before = new Map(collectionsOf(draft).map((collection) => [collection.path, collection]));
  const taken = new Set<string>();
  return picked.map(({ collection }) => {
    const known = before.get(collection.path) ?? collection;
    const name = taken.has(known.name) ? suggestName(known.path, taken) : known.name;
    taken.add(name);
    return { ...known, name };
  });
}
