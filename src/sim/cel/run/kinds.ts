/** Which type a value is of when a program runs. */
import {
  BOOL,
  BYTES,
  type CelType,
  DOUBLE,
  DURATION,
  DYN,
  ERROR,
  INT,
  listType,
  mapType,
  NULL,
  optionalType,
  STRING,
  TIMESTAMP,
  typeType,
  UINT,
} from '../types.js';
import {
  CelError,
  CelList,
  CelMap,
  type CelObject,
  Duration,
  type Opaque,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from '../values.js';

const LIST = listType(DYN);
const MAP = mapType(DYN, DYN);
const OPTIONAL = optionalType(DYN);
const TYPE = typeType();

/** The type of a value; of lists, maps and optional values it says nothing of what they hold. */
export function typeOf(value: Value): CelType {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'bigint':
      return INT;
    case 'boolean':
      return BOOL;
    case 'number':
      return DOUBLE;
    default:
      return value === null ? NULL : typeOfObject(value);
  }
}

function typeOfObject(value: object): CelType {
  if (value instanceof CelMap) return MAP;
  if (value instanceof CelList) return LIST;
  if (value instanceof CelError) return ERROR;
  if (value instanceof Uint) return UINT;
  if (value instanceof Uint8Array) return BYTES;
  if (value instanceof Timestamp) return TIMESTAMP;
  if (value instanceof Duration) return DURATION;
  if (value instanceof TypeValue) return TYPE;
  if (value instanceof Optional) return OPTIONAL;
  return (value as Opaque | CelObject).type;
}

/** Whether a value is one that a signature wants: of lists and maps the first element is looked at. */
export function isOf(value: Value, type: CelType): boolean {
  if (type.kind === 'dyn' || type.kind === 'any' || type.kind === 'param') return true;
  const own = typeOf(value);
  if (own.kind !== type.kind || own.name !== type.name) return false;
  const [first, second] = type.params;
  if (value instanceof CelList) return value.size === 0 || isOf(value.at(0), first ?? DYN);
  if (value instanceof CelMap) {
    const key = value.keys()[0];
    if (key === undefined) return true;
    return isOf(key, first ?? DYN) && isOf(value.find(key) ?? null, second ?? DYN);
  }
  return true;
}
