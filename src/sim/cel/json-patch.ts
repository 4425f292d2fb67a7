/** Keys as JSON pointers write them; only mutating policies have this. */

import { declared, overload } from './declare.js';
import type { Library } from './environment.js';
import { STRING } from './types.js';

/** Keys of paths. */
export const JSON_PATCH: Library = {
  'jsonpatch.escapeKey': declared(
    overload('string_jsonpatch_escapeKey_string', [STRING], STRING, (key: string) =>
      key.replaceAll('~', '~0').replaceAll('/', '~1'),
    ),
  ),
};
