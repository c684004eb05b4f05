import { basename, dirname, join } from 'node:path';
import { back, type Back } from './back.ts';
import type { WizardContext } from './context.ts';

/** Asks where a recipe is to go if there is something else already: over it, or to another file of the folder. */
export function whereToSave(
  { ask, storage, location, file }: WizardContext,
  original: string | undefined,
): (text: string) => Promise<string | Back> {
  async function otherName(): Promise<string | Back> {
    const name = await ask.text({
      title: 'Another name',
      help: 'In the same folder, such as riffle-2.yaml.',
      check: async (typed) => {
        if (typed === '' || basename(typed) !== typed) return 'Must be the name of a file, without a folder.';
        return (await storage.stat(join(dirname(location), typed))) === undefined ? undefined : 'There is one already.';
      },
    });
    return name === back ? back : join(dirname(location), name);
  }

  return async (text) => {
    // Nothing to be replaced, or nothing to be changed.
    if (text === original || (await storage.stat(location)) === undefined) return location;
    for (;;) {
      const replace = await ask.one({
        title: `${file} is there already`,
        choices: [
          { value: true, name: 'replace it' },
          { value: false, name: 'save under another name' },
        ],
      });
      if (replace === back) return back;
      if (replace) return location;
      const other = await otherName();
      if (other !== back) return other;
    }
  };
}
