import { everythingIn } from './result.ts';

/** What stands at a final name in an output folder: nothing outside of `.riffle/`, and no manifest there, if nothing was published. */
export function published(output: string): string[] {
  return everythingIn(output).filter((path) => !path.startsWith('.riffle/') || path === '.riffle/manifest.json');
}
