import { type GoData, GoInteger, GoNamedText, GoNil, GoStruct, isGoMap, itemsOf, typeOfData } from './go-values.js';

/** Go's reflect.DeepEqual: equal data of equal types; nil and what is empty differ. */
export function goDeepEqual(left: GoData, right: GoData): boolean {
  if (left === right) return true;
  const type = typeOfData(left);
  if (type === undefined || type !== typeOfData(right)) return false;
  if (left instanceof GoNil || right instanceof GoNil) return left instanceof GoNil && right instanceof GoNil;
  if (left instanceof GoInteger) return left.value === (right as GoInteger).value;
  if (left instanceof GoNamedText) return left.value === (right as GoNamedText).value;
  if (left instanceof GoStruct) return sameFields(left.fields, (right as GoStruct).fields);
  if (isGoMap(left)) return sameFields(left, right as { [key: string]: GoData });
  if (type.kind !== 'slice') return false;
  const [a, b] = [itemsOf(left), itemsOf(right)];
  return a.length === b.length && a.every((item, i) => goDeepEqual(item, b[i]));
}

function sameFields(left: { readonly [key: string]: GoData }, right: { readonly [key: string]: GoData }): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && goDeepEqual(left[key], right[key]));
}
