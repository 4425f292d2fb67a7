/** What loops that make maps gather with. */

import { declared, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { GrowingMap } from '../run/growing-map.js';
import { mapType, paramType } from '../types.js';
import { CelError, type CelMap, type Value } from '../values.js';

const K = paramType('K');
const V = paramType('V');
const MAP = mapType(K, V);

function insertAll(map: CelMap, added: CelMap): Value {
  let whole: Value = map;
  for (const key of added.keys()) {
    const next = GrowingMap.of(whole as CelMap).insert(key, added.find(key) ?? null);
    if (next instanceof CelError) return next;
    whole = next;
  }
  return whole;
}

/** One function that no expression can name. */
export const MAP_INSERT: Library = {
  'cel.@mapInsert': declared(
    overload('@mapInsert_map_key_value', [MAP, K, V], MAP, (map: CelMap, key: Value, value: Value) =>
      GrowingMap.of(map).insert(key, value),
    ),
    overload('@mapInsert_map_map', [MAP, MAP], MAP, insertAll),
  ),
};
