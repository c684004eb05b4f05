import type { SurveyedTwin } from '@riffle/core';
import type { FoundFiles, SecondPath } from './find-files.ts';

/** Warnings of one kind that are told one by one; of the rest there may be thousands, and they are counted. */
const mostTold = 3;

function told(pairs: readonly SecondPath[], what: string): readonly string[] {
  const sentences = pairs
    .slice(0, mostTold)
    .map(({ path, of }) => `${path} is the same ${what} as ${of}: it is read once.`);
  const more = pairs.length - sentences.length;
  return more === 0 ? sentences : [...sentences, `${more} more paths lead to a ${what} that is read already.`];
}

/** What is told of a collection in which links lead to one thing twice, or which has entries that are no files. */
export function linkWarnings(
  { secondFolders, special }: Pick<FoundFiles, 'secondFolders' | 'special'>,
  twins: readonly SurveyedTwin[],
): readonly string[] {
  return [
    ...told(secondFolders, 'folder'),
    ...told(
      twins.map(({ file, of }) => ({ path: file.path, of })),
      'file',
    ),
    ...(special.length === 0
      ? []
      : [
          `${special.length === 1 ? 'One entry is' : `${special.length} entries are`} ignored, as no regular file and not named like data: ${special.slice(0, mostTold).join(', ')}${special.length > mostTold ? ', …' : ''}.`,
        ]),
  ];
}
