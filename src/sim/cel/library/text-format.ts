/** Texts with places for values. */

import { declared, member } from '../declare.js';
import type { Library } from '../environment.js';
import { formatText, TextFormatError } from '../run/text-format.js';
import { DYN, listType, STRING } from '../types.js';
import { CelError, type CelList, type Value } from '../values.js';

function format(text: string, list: CelList): Value {
  try {
    return formatText(text, list);
  } catch (error) {
    if (error instanceof TextFormatError) return new CelError(error.message);
    throw error;
  }
}

/** `'%s is %d'.format(['one', 1])`. */
export const TEXT_FORMAT: Library = {
  format: declared(member('string_format', [STRING, listType(DYN)], STRING, format)),
};
