/** Whether values of one type may stand where another is wanted, and what that says of types that are still open. */
import { type CelType, DYN, sameType } from '../types.js';

/** What open types have been found to be, by name. */
export type Bindings = Map<string, CelType>;

/** Whether nothing is known of a type before it runs. */
export function isDynamic(type: CelType): boolean {
  return type.kind === 'dyn' || type.kind === 'any';
}

function isDynamicOrError(type: CelType): boolean {
  return isDynamic(type) || type.kind === 'error';
}

/** A type with everything that is known put in; open types become dynamic where that is asked for. */
export function substitute(bindings: Bindings, type: CelType, openToDynamic: boolean): CelType {
  if (type.kind === 'param') {
    const bound = bindings.get(type.name);
    if (bound) return substitute(bindings, bound, openToDynamic);
    return openToDynamic ? DYN : type;
  }
  if (type.params.length === 0) return type;
  return { ...type, params: type.params.map((param) => substitute(bindings, param, openToDynamic)) };
}

/** The bindings under which the types of one list may stand for those of another, undefined where they may not. */
export function assignAll(
  bindings: Bindings,
  given: readonly CelType[],
  wanted: readonly CelType[],
): Bindings | undefined {
  const tried = new Map(bindings);
  return areAssignable(tried, given, wanted) ? tried : undefined;
}

function areAssignable(bindings: Bindings, given: readonly CelType[], wanted: readonly CelType[]): boolean {
  if (given.length !== wanted.length) return false;
  return given.every((type, at) => isAssignable(bindings, type, wanted[at] ?? DYN));
}

const NULLABLE: ReadonlySet<CelType['kind']> = new Set(['any', 'duration', 'null', 'opaque', 'struct', 'timestamp']);

function isAssignable(bindings: Bindings, a: CelType, b: CelType): boolean {
  if (b.kind === 'param') {
    const { valid, known } = bind(bindings, a, b);
    if (valid || known) return valid;
  }
  if (a.kind === 'param') return bind(bindings, b, a).valid;
  if (isDynamicOrError(a) || isDynamicOrError(b)) return true;
  if (a.kind === 'null') return NULLABLE.has(b.kind);
  if (b.kind === 'null') return NULLABLE.has(a.kind);
  switch (a.kind) {
    case 'type':
      return b.kind === 'type';
    case 'opaque':
    case 'list':
    case 'map':
      return a.kind === b.kind && a.name === b.name && areAssignable(bindings, a.params, b.params);
    default:
      return sameType(a, b);
  }
}

/** Takes an open type for another, or sees whether it has been found to be something that agrees with it. */
function bind(bindings: Bindings, type: CelType, open: CelType): { valid: boolean; known: boolean } {
  if (sameType(type, open)) return { valid: true, known: true };
  const bound = bindings.get(open.name);
  if (bound) {
    if (sameType(type, bound)) return { valid: true, known: true };
    if (!isAssignable(bindings, type, bound)) return { valid: false, known: true };
    const general = mostGeneral(type, bound);
    if (isFreeOf(bindings, open, general)) bindings.set(open.name, general);
    return { valid: true, known: true };
  }
  if (!isFreeOf(bindings, open, type)) return { valid: false, known: false };
  bindings.set(open.name, type);
  return { valid: true, known: false };
}

/** Whether an open type is no part of another, so that it may be bound to it. */
function isFreeOf(bindings: Bindings, open: CelType, within: CelType): boolean {
  if (sameType(open, within)) return false;
  if (within.kind === 'param') {
    const bound = bindings.get(within.name);
    return !bound || isFreeOf(bindings, open, bound);
  }
  return within.params.every((param) => isFreeOf(bindings, open, param));
}

/** The more general of two types that agree. */
export function mostGeneral(a: CelType, b: CelType): CelType {
  return isLessSpecific(a, b) ? a : b;
}

function isLessSpecific(a: CelType, b: CelType): boolean {
  if (isDynamic(a) || a.kind === 'param') return true;
  if (isDynamic(b) || b.kind === 'param') return false;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'type') return true;
  if (a.name !== b.name || a.params.length !== b.params.length) return false;
  return a.params.every((param, at) => isLessSpecific(param, b.params[at] ?? DYN));
}
