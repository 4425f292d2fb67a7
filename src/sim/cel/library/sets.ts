/** Lists as sets: cel-go's sets extension. */

import { declared, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { valuesOf } from '../run/collections.js';
import { isEqual } from '../run/equality.js';
import { BOOL, listType, paramType } from '../types.js';
import type { CelList } from '../values.js';

const LIST = listType(paramType('T'));

function contains(list: CelList, part: CelList): boolean {
  const held = valuesOf(list);
  return valuesOf(part).every((value) => held.some((other) => isEqual(value, other)));
}

/** Whether lists hold the same, each other, or anything in common. */
export const SETS: Library = {
  'sets.contains': declared(overload('list_sets_contains_list', [LIST, LIST], BOOL, contains)),
  'sets.equivalent': declared(
    overload(
      'list_sets_equivalent_list',
      [LIST, LIST],
      BOOL,
      (a: CelList, b: CelList) => contains(a, b) && contains(b, a),
    ),
  ),
  'sets.intersects': declared(
    overload('list_sets_intersects_list', [LIST, LIST], BOOL, (a: CelList, b: CelList) => {
      const held = valuesOf(b);
      return valuesOf(a).some((value) => held.some((other) => isEqual(value, other)));
    }),
  ),
};
