/** Where things lie below the sample's folder; with `/`, as in the description. */

export const DESCRIPTION_FILE = 'riffle-sample.json';
export const RECIPE_FILE = 'riffle.yaml';
export const DATA_FILE = 'data.parquet';

// Says that a collection's folder was made here, so that remaking it may remove it.
export const MARKER_FILE = '.made-by-riffle-sample';

/** @param {string} collection */
export const collectionPath = (collection) => `${collection}/.dset/${collection}`;
