/** The names that types have in expressions. */
import type { Environment } from '../environment.js';
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listType,
  mapType,
  NULL,
  optionalType,
  STRING,
  structType,
  TIMESTAMP,
  typeType,
  UINT,
} from '../types.js';

const TYPES: ReadonlyMap<string, CelType> = new Map(
  [
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    INT,
    listType(DYN),
    mapType(DYN, DYN),
    NULL,
    optionalType(DYN),
    STRING,
    TIMESTAMP,
    typeType(),
    UINT,
  ].map((type) => [type.name, typeType(type)]),
);

/** The type of a name that is a type's, undefined of others. */
export function standardType(name: string, environment: Environment): CelType | undefined {
  return TYPES.get(name) ?? (environment.object(name) ? typeType(structType(name)) : undefined);
}
