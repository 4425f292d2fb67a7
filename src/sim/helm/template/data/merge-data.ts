import { type GoData, GoNil, isGoMap, typeOfData } from '../../../api/go-template/go-values.js';
import { isTrueData } from '../../../api/go-template/truth.js';
import { setField } from '../../../api/set-field.js';

type Dict = { [key: string]: GoData };

/** Adds to a map, at every depth, what it does not have or has empty (mergo.Merge); it is changed in place. */
export function mergeInto(into: Dict, from: Dict): void {
  for (const [key, item] of Object.entries(from)) {
    if (isNothing(item)) continue;
    const known = Object.hasOwn(into, key) ? into[key] : undefined;
    if (isGoMap(item) && isGoMap(known)) mergeInto(known, item);
    if (!isFilled(known)) setField(into, key, item);
  }
}

/** The same, but what is there is replaced (mergo.MergeWithOverwrite); nil replaces, too. */
export function overwriteInto(into: Dict, from: Dict): void {
  for (const [key, item] of Object.entries(from)) {
    const known = Object.hasOwn(into, key) ? into[key] : undefined;
    if (!isNothing(item) && isGoMap(item) && isGoMap(known)) {
      overwriteInto(known, item);
      if (isFilled(known)) continue;
    }
    setField(into, key, item);
  }
}

function isNothing(data: GoData): boolean {
  return data === null || data === undefined;
}

/** Whether a value counts as given: structs do always. */
function isFilled(data: GoData): boolean {
  if (data === undefined || data instanceof GoNil) return false;
  return typeOfData(data)?.kind === 'struct' || isTrueData(data);
}
