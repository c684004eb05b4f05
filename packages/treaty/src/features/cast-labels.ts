import { fieldsBelow, type PlacedField } from '@riffle/columnar';
import { DataType } from 'apache-arrow';
import { labelNames, namesOfLabels } from './agree-on-labels.ts';
import { elementsOf, fieldsOf } from './entries-below.ts';
import type { FeatureEntry, FeatureFindings } from './feature-entry.ts';
import { isList, isText } from './fits-type.ts';

const typeOf = ({ field }: { readonly field: PlacedField['field'] }) => field.type as DataType;

/** Labels that the recipe casts to text become their names, also where it casts the list or the struct that holds them. */
export function castLabels(
  entries: readonly FeatureEntry[],
  type: DataType,
  path: string,
  findings: FeatureFindings,
): void {
  if (isText(type)) return namesOfLabels(entries, path, findings);
  if (DataType.isInt(type)) return noteOtherNames(entries, path, findings);
  const below = fieldsBelow(type, path);
  if (isList(type)) {
    const lists = entries.filter((entry) => isList(typeOf(entry)));
    castLabels(elementsOf(lists, path), typeOf(below[0]!), below[0]!.path, findings);
  }
  if (!DataType.isStruct(type)) return;
  const structs = entries.filter((entry) => DataType.isStruct(typeOf(entry)));
  const fields = fieldsOf(structs, path);
  for (const placed of below) castLabels(fields.get(placed.field.name) ?? [], typeOf(placed), placed.path, findings);
}

/** Numbers without names are what the recipe asked for; that equal ones mean different things, it may not know. */
function noteOtherNames(entries: readonly FeatureEntry[], path: string, { notes }: FeatureFindings): void {
  const named = entries.flatMap(({ collection, feature }) => {
    const names = labelNames(feature);
    return names === undefined ? [] : [{ collection, names: JSON.stringify(names) }];
  });
  const other = named.find(({ names }) => names !== named[0]!.names);
  if (other !== undefined)
    notes.push(
      `Column ${path}: labels become numbers, as its cast says, though equal numbers have other names in ${other.collection} than in ${named[0]!.collection}.`,
    );
}
