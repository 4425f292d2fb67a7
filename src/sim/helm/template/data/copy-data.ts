import type { GoType } from '../../../api/go-template/go-types.js';
import { type GoData, isGoMap, typed, typeOfData } from '../../../api/go-template/go-values.js';
import { setField } from '../../../api/set-field.js';

/** A copy of data down to what cannot be changed, types and all. */
export function copyData(data: GoData): GoData {
  if (data instanceof Uint8Array) return data.slice();
  if (Array.isArray(data)) return typed(data.map(copyData), typeOfData(data) as GoType);
  if (!isGoMap(data)) return data;
  const copy: { [key: string]: GoData } = {};
  for (const [key, item] of Object.entries(data)) setField(copy, key, copyData(item));
  return typed(copy, typeOfData(data) as GoType);
}
