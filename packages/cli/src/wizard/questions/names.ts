import { printableLine } from '../../render/wording.ts';
import { back, type Back } from '../back.ts';
import { completePath } from '../collections/complete-path.ts';
import type { Offers } from '../collections/offers.ts';
import { suggestName } from '../collections/suggest-name.ts';
import type { Choice } from '../ask.ts';
import type { WizardContext } from '../context.ts';
import { collectionsOf, withValue, type Draft } from '../draft.ts';
import type { Step } from '../flow.ts';

const goOn = -1;
const another = -2;

/** Shows the collections by name, changes a name, and adds folders that were not offered. */
export function namesStep(context: WizardContext, offers: Offers): Step {
  const { ask, check, page, storage, reader, host, shown, typed } = context;

  async function rename(draft: Draft, index: number): Promise<Draft> {
    const collections = collectionsOf(draft);
    const renamed = (name: string) => collections.map((one, place) => (place === index ? { ...one, name } : one));
    const name = await ask.text({
      title: `A name for ${printableLine(shown(collections[index]!.path))}`,
      help: 'It stands in messages and in the report.',
      default: collections[index]!.name,
      check: (text) => check({ collections: renamed(text) }, `collections[${index}].name`),
    });
    return name === back ? draft : withValue(draft, 'collections', renamed(name));
  }

  async function addAnother(draft: Draft): Promise<Draft> {
    const isDataFile = (name: string) => reader.extensions.some((extension) => name.toLowerCase().endsWith(extension));
    const path = await ask.search<string>({
      title: 'Which folder or file?',
      help: 'Type a path; tab goes into a folder.',
      find: (text) => completePath(text, host.workingFolder, storage, isDataFile, host.signal),
      check: (text) => check({ collections: [{ name: 'any', path: typed(text) }] }, 'collections'),
    });
    if (path === back) return draft;
    page.status('Looking …');
    const collections = collectionsOf(draft);
    const { collection } = await offers.add(typed(path));
    page.status('');
    if (collections.some((one) => one.path === collection.path)) return draft;
    const taken = new Set(collections.map(({ name }) => name));
    const name = taken.has(collection.name) ? suggestName(collection.path, taken) : collection.name;
    return withValue(draft, 'collections', [...collections, { ...collection, name }]);
  }

  function choices(draft: Draft): readonly Choice<number>[] {
    const collections = collectionsOf(draft);
    const names = collections.map(({ name }) => name);
    return [
      ...(collections.length === 0
        ? []
        : [{ value: goOn, name: 'go on', short: names.join(', '), about: names.join(', ') }]),
      { value: another, name: 'another folder …', about: 'one that is not in the list, or a single file' },
      ...collections.map(({ name, path }, index) => ({
        value: index,
        name: `rename ${name}`,
        about: shown(path),
      })),
    ];
  }

  return {
    name: 'names',
    async ask(draft): Promise<Draft | Back> {
      let current = draft;
      for (;;) {
        const mark = page.mark();
        const answer = await ask.one<number>({
          title: 'Collections',
          help: collectionsOf(current).length === 0 ? 'None yet: name a folder of shards.' : undefined,
          choices: choices(current),
        });
        if (answer === back) return back;
        if (answer === goOn) return current;
        page.takeBack(mark);
        current = answer === another ? await addAnother(current) : await rename(current, answer);
        page.takeBack(mark);
      }
    },
  };
}
