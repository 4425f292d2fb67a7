import { isGoInteger } from './go-number.js';

/** What Go calls the type of a value that came from JSON. */
export function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return isGoInteger(value) ? 'int64' : 'float64';
    default:
      return value === null || value === undefined ? '<nil>' : 'map[string]interface {}';
  }
}

export type GoKind = 'bool' | 'int' | 'float' | 'string' | 'other';

/** The kinds Go's templates tell apart when they compare. */
export function goKind(value: unknown): GoKind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return isGoInteger(value) ? 'int' : 'float';
  return 'other';
}
