/** The pages all of whose examples are run as they stand, one behind the other. */
export const EXAMPLE_PAGES = [
  'README.md',
  'docs/tutorial.md',
  'docs/guides/merge-speech-collections.md',
  'docs/guides/broken-shards.md',
  'docs/guides/more-data-than-memory.md',
  'docs/guides/use-from-code.md',
];
