import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goDeepEqual } from '../../../api/go-template/deep-equal.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import { type GoData, typeOfData } from '../../../api/go-template/go-values.js';

/** Sprig's functions of types. */
export const REFLECTION_FUNCTIONS: FunctionTable = {
  deepEqual: goFunction('(any, any) bool', (a: GoData, b: GoData) => goDeepEqual(a, b)),
  kindIs: goFunction('(string, any) bool', (kind: string, data: GoData) => kindOf(data) === kind),
  kindOf: goFunction('(any) string', (data: GoData) => kindOf(data)),
  typeIs: goFunction('(string, any) bool', (type: string, data: GoData) => typeOf(data) === type),
  typeIsLike: goFunction('(string, any) bool', (type: string, data: GoData) =>
    [type, `*${type}`].includes(typeOf(data)),
  ),
  typeOf: goFunction('(any) string', (data: GoData) => typeOf(data)),
};

function kindOf(data: GoData): string {
  return typeOfData(data)?.kind ?? 'invalid';
}

function typeOf(data: GoData): string {
  return typeOfData(data)?.name ?? '<nil>';
}
