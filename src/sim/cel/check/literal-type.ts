import { BOOL, BYTES, type CelType, DOUBLE, INT, NULL, STRING, UINT } from '../types.js';
import type { Value } from '../values.js';

/** The type of a literal. */
export function literalType(value: Value): CelType {
  switch (typeof value) {
    case 'boolean':
      return BOOL;
    case 'bigint':
      return INT;
    case 'number':
      return DOUBLE;
    case 'string':
      return STRING;
    default:
      if (value === null) return NULL;
      return value instanceof Uint8Array ? BYTES : UINT;
  }
}
