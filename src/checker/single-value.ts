import { findAll } from './json-path.js';
import { UndecidedError } from './objects.js';

/**
 * The one value at a path; undefined where there is none. Throws `UndecidedError` where there are several, with what the
 * check's author can do.
 */
export function valueAt(value: unknown, path: string, remedy = 'name one of them'): unknown {
  const found = findAll(value, path);
  if (found.length > 1)
    throw new UndecidedError(`${path} has ${found.length} matches where one value is asked for: ${remedy}`);
  return found[0];
}
