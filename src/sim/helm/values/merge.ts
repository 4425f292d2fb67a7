import { isJsonObject } from '../../api/object.js';
import { ownField, setField } from '../../api/set-field.js';
import type { Values } from '../chart/chart.js';

/** Both maps as one; where both have a table they are merged, otherwise the second wins. */
export function mergeMaps(a: Values, b: Values): Values {
  const merged: Values = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = ownField(merged, key);
    setField(merged, key, isJsonObject(value) && isJsonObject(own) ? mergeMaps(own, value) : value);
  }
  return merged;
}
