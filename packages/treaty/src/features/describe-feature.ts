import { readFeature, isFeature, type Feature } from './feature.ts';

const longestWord = 60;

/** What files say may be long. */
function clipped(text: string): string {
  return text.length > longestWord ? `${text.slice(0, longestWord)}…` : text;
}

/** A feature in a few words: `ClassLabel(3 names)`, `Audio(sampling_rate=24000)`, `List(Image)`. */
export function describeFeature(feature: Feature): string {
  const read = readFeature(feature);
  switch (read.kind) {
    case 'value':
      return 'Value';
    case 'list':
      return `List(${read.element === undefined ? '' : describeFeature(read.element)})`;
    case 'struct':
      return `{${[...read.fields].map(([name, below]) => `${name}: ${describeFeature(below)}`).join(', ')}}`;
    case 'special': {
      const { _type: type, names, ...parameters } = read.feature;
      const labels = Array.isArray(names) ? [`${names.length} ${names.length === 1 ? 'name' : 'names'}`] : [];
      const others = Object.entries(parameters)
        .filter(([, value]) => value !== null && !isFeature(value))
        .map(([key, value]) => `${clipped(key)}=${clipped(JSON.stringify(value))}`);
      const all = [...labels, ...others];
      const name = clipped(String(type));
      return all.length === 0 ? name : `${name}(${all.join(', ')})`;
    }
  }
}
