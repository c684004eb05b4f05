import type { Feature } from '@riffle/treaty';

/** What YAML is made of here. Maps, since their keys stay in order, whatever they are. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | ReadonlyMap<string, YamlValue>;
type YamlMap = ReadonlyMap<string, YamlValue>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `ClassLabel` to `class_label`, as datasets/naming.py does it. */
function snakeCase(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

function plainValue(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map(plainValue);
  if (isObject(value)) return new Map(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
  return value as string | number | boolean | null;
}

/** The parameters of a feature that say anything. */
function parametersOf({ _type, feature: _element, ...rest }: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(rest).filter(
    ([key, value]) => value !== null && value !== undefined && !(key === 'length' && value === -1),
  );
}

/** `list: int32` for `list: {dtype: int32}`, and the fields of a struct without `struct`. */
function simplified(inner: YamlMap): YamlValue {
  if (inner.size !== 1) return inner;
  return inner.get('dtype') ?? inner.get('struct') ?? inner;
}

function listOf(element: Feature, parameters: readonly [string, unknown][], large: boolean): YamlMap {
  const inner = featureEntry(element);
  const fixed = parameters.some(([key]) => key === 'length');
  // Datasets 3 reads a length below `sequence` only, and version 5 reads structs below `list` only.
  const key = large ? 'large_list' : fixed && !inner.has('struct') ? 'sequence' : 'list';
  return new Map([[key, simplified(inner)], ...parameters.map(([name, value]) => [name, plainValue(value)] as const)]);
}

/** A list of structs that is stored as a struct of lists. */
function structOfLists(fields: Readonly<Record<string, unknown>>): YamlMap {
  const named = Object.entries(fields).map(
    ([name, feature]) => new Map<string, YamlValue>([['name', name], ...listOf(feature as Feature, [], false)]),
  );
  return new Map([['struct', named]]);
}

function labelParameters(parameters: readonly [string, unknown][]): YamlMap {
  return new Map(
    parameters.flatMap(([key, value]): [string, YamlValue][] => {
      if (key === 'num_classes') return [];
      if (key !== 'names' || !Array.isArray(value)) return [[key, plainValue(value)]];
      return [[key, new Map(value.map((name, index) => [String(index), plainValue(name)]))]];
    }),
  );
}

function featureEntry(feature: Feature): YamlMap {
  if (!isObject(feature)) return listOf((feature as readonly unknown[])[0] as Feature, [], false);
  const { _type: type, feature: element } = feature as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string')
    return new Map([['struct', yamlFeatures(Object.entries(feature) as [string, Feature][])]]);
  const parameters = parametersOf(feature);
  if (type === 'Sequence' && isObject(element) && typeof element['_type'] !== 'string') return structOfLists(element);
  if (type === 'List' || type === 'Sequence' || type === 'LargeList')
    return listOf(element as Feature, parameters, type === 'LargeList');
  if (type === 'Value') return new Map(parameters.map(([key, value]) => [key, plainValue(value)]));
  if (parameters.length === 0) return new Map([['dtype', snakeCase(type)]]);
  const inner =
    type === 'ClassLabel'
      ? labelParameters(parameters)
      : new Map(parameters.map(([key, value]) => [key, plainValue(value)]));
  return new Map([['dtype', new Map([[snakeCase(type), inner]])]]);
}

/**
 * Features in the form in which dataset cards have them: `Features._to_yaml_list` of datasets/features/features.py, in a spelling that versions 3
 * and 5 of `datasets` read as the same types.
 */
export function yamlFeatures(features: Iterable<readonly [name: string, feature: Feature]>): readonly YamlMap[] {
  return [...features].map(([name, feature]) => new Map<string, YamlValue>([['name', name], ...featureEntry(feature)]));
}
