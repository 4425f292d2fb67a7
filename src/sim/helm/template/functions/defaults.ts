import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { GoData } from '../../../api/go-template/go-values.js';
import { isTrueData } from '../../../api/go-template/truth.js';

/** Sprig's functions that choose. */
export const DEFAULT_FUNCTIONS: FunctionTable = {
  all: goFunction('(...any) bool', (...data: GoData[]) => data.every(isTrueData)),
  any: goFunction('(...any) bool', (...data: GoData[]) => data.some(isTrueData)),
  coalesce: goFunction('(...any) any', (...data: GoData[]) => data.find(isTrueData) ?? null),
  default: goFunction('(any, ...any) any', (fallback: GoData, ...given: GoData[]) =>
    given.length > 0 && isTrueData(given[0]) ? given[0] : fallback,
  ),
  empty: goFunction('(any) bool', (data: GoData) => !isTrueData(data)),
  ternary: goFunction('(any, any, bool) any', (yes: GoData, no: GoData, condition: boolean) => (condition ? yes : no)),
};
