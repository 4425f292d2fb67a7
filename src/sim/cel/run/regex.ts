import { readPattern } from '../../api/go-pattern.js';
import { CelError, type Value } from '../values.js';

/** Whether a pattern occurs in a text. */
export function matches(text: string, pattern: string): Value {
  const read = readPattern(pattern);
  return typeof read === 'string' ? new CelError(read) : read.matcher(text).find();
}
