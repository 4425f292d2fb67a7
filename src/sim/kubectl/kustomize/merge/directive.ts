import { KustomizeError } from '../error.js';
import { clearField, fieldOf } from '../tree/fields.js';
import type { Node } from '../tree/node.js';

export type Directive = 'merge' | 'replace' | 'delete';

const KEY = '$patch';

/** Reads `$patch` of a mapping or in a list, and takes it out. */
export function directiveOf(patch: Node): Directive {
  if (patch.kind === 'mapping') {
    const value = fieldOf(patch, KEY)?.value;
    if (value === undefined) return 'merge';
    const directive = known(value);
    clearField(patch, KEY);
    return directive;
  }
  const item = patch.content.find((each) => fieldOf(each, KEY) !== undefined);
  if (item === undefined || item.content.length > 2) return 'merge';
  const value = fieldOf(item, KEY)?.value ?? '';
  const directive = known(value);
  patch.content = patch.content.filter((each) => fieldOf(each, KEY)?.value !== value);
  return directive;
}

function known(value: string): Directive {
  if (value === 'merge' || value === 'replace' || value === 'delete') return value;
  throw new KustomizeError(`unknown patch strategy '${value}'`);
}
