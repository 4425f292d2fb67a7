/**
 * Sets of field paths in the form that managedFields hold them (fieldsV1 of structured-merge-diff): a tree of path
 * elements. An element without elements below is in the set; one with some is in it when `.` is among them.
 * Sets are never changed in place, and an operation that changes nothing gives back what it was given.
 */
import { compareText } from '../go-text.js';

/** A set; its own root is never a member. Keys are `.`, `f:name`, `k:{…}` or `v:…`. */
export type FieldSet = { [element: string]: FieldSet };

const SELF = '.';

/** The empty set. */
export const NO_FIELDS: FieldSet = {};

/** Whether nothing is in a set. */
export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

/** Whether an element whose node this is, is in the set itself. */
export function isMember(node: FieldSet): boolean {
  return SELF in node || isEmptySet(node);
}

/** Whether something below an element whose node this is, is in the set. */
export function hasBelow(node: FieldSet): boolean {
  for (const key in node) if (key !== SELF) return true;
  return false;
}

/** Whether a path is in a set. */
export function hasPath(set: FieldSet, path: readonly string[]): boolean {
  let node: FieldSet | undefined = set;
  for (const element of path) node = node?.[element];
  return path.length > 0 && node !== undefined && isMember(node);
}

/** The paths in a set: those at one place first, then those below them. */
export function pathsOf(set: FieldSet, above: readonly string[] = []): (readonly string[])[] {
  const keys = Object.keys(set).filter((key) => key !== SELF);
  const here = keys.filter((key) => isMember(set[key] as FieldSet)).map((key) => [...above, key]);
  return [...here, ...keys.flatMap((key) => pathsOf(set[key] as FieldSet, [...above, key]))];
}

/** What is in both of two sets. */
export function intersectionOf(a: FieldSet, b: FieldSet): FieldSet {
  const common: FieldSet = {};
  for (const key of Object.keys(a)) {
    const [left, right] = [a[key], b[key]];
    if (key === SELF || !left || !right) continue;
    const below = left === right ? left : intersectionOf(left, right);
    const both = isMember(left) && isMember(right);
    if (!both && !hasBelow(below)) continue;
    common[key] = both && hasBelow(below) ? { [SELF]: {}, ...below } : below;
  }
  return common;
}

/** What is in one of two sets. */
export function unionOf(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  return isEmptySet(a) ? b : mergeNodes(a, b, false);
}

function mergeNodes(a: FieldSet, b: FieldSet, member: boolean): FieldSet {
  const merged: FieldSet = {};
  const keys = [...Object.keys(a), ...Object.keys(b).filter((key) => !(key in a))].filter((key) => key !== SELF);
  if (member && keys.length > 0) merged[SELF] = {};
  for (const key of keys.sort(compareElements)) {
    const [left, right] = [a[key], b[key]];
    if (left && right) merged[key] = left === right ? left : mergeNodes(left, right, isMember(left) || isMember(right));
    else merged[key] = (left ?? right) as FieldSet;
  }
  return merged;
}

/** The set that was there before, where a new one is the same, and in the same order. */
export function setAsBefore(set: FieldSet, before: FieldSet | undefined): FieldSet {
  return before && isSameSet(set, before) ? before : set;
}

function isSameSet(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true;
  const keys = Object.keys(b);
  let at = 0;
  for (const key in a) {
    if (key !== keys[at] || !isSameSet(a[key] as FieldSet, b[key] as FieldSet)) return false;
    at += 1;
  }
  return at === keys.length;
}

/** What is in the first set and not in the second. */
export function differenceOf(set: FieldSet, minus: FieldSet): FieldSet {
  if (isEmptySet(minus) || isEmptySet(set)) return set;
  return subtractNode(set, minus, false, false) ?? NO_FIELDS;
}

function subtractNode(node: FieldSet, minus: FieldSet, member: boolean, stays: boolean): FieldSet | undefined {
  const rest: FieldSet = {};
  let [changed, count] = [member !== stays, 0];
  for (const key of Object.keys(node)) {
    if (key === SELF) continue;
    const child = node[key] as FieldSet;
    const other = minus[key];
    const kept = other ? subtractNode(child, other, isMember(child), isMember(child) && !isMember(other)) : child;
    if (kept !== child) changed = true;
    if (!kept) continue;
    if (count === 0 && stays) rest[SELF] = {};
    rest[key] = kept;
    count += 1;
  }
  if (!changed) return node;
  return count > 0 || stays ? rest : undefined;
}

/** A set without some fields and all below them; each is a path of names. */
export function withoutFields(set: FieldSet, paths: readonly (readonly string[])[]): FieldSet {
  return paths.reduce((rest, path) => withoutField(rest, path) ?? NO_FIELDS, set);
}

function withoutField(node: FieldSet, [name, ...below]: readonly string[]): FieldSet | undefined {
  const key = `f:${name}`;
  const child = node[key];
  if (!child) return node;
  const kept = below.length === 0 ? undefined : withoutField(child, below);
  if (kept === child) return node;
  const { [key]: _, ...rest } = node;
  if (kept) return { ...node, [key]: kept };
  return isEmptySet(rest) ? undefined : rest;
}

/** Puts a path into a set that is being made, the one that may be changed. */
export function insertPath(set: FieldSet, path: readonly string[]): void {
  let node = set;
  const last = path.length - 1;
  for (let depth = 0; depth <= last; depth += 1) {
    const element = path[depth] as string;
    let below = node[element];
    if (!below) {
      below = {};
      node[element] = below;
    }
    // What was a leaf is a member with something below it from now on.
    else if (isEmptySet(below) ? depth < last : depth === last) below[SELF] = {};
    node = below;
  }
}

/** The same set with its elements in the order in which they are written. */
export function sortedSet(set: FieldSet): FieldSet {
  const keys = Object.keys(set);
  if (keys.length === 0) return set;
  const sorted: FieldSet = {};
  for (const key of keys.sort(compareElements)) sorted[key] = sortedSet(set[key] as FieldSet);
  return sorted;
}

const RANKS = '.fkvi';

/** Fields come before keys and keys before values; numbers among them by their size. */
function compareElements(a: string, b: string): number {
  if (a[0] !== b[0]) return RANKS.indexOf(a[0] ?? '') - RANKS.indexOf(b[0] ?? '');
  return a.startsWith('k:') ? compareKeys(a, b) : compareText(a, b);
}

function compareKeys(a: string, b: string): number {
  const left = Object.entries(JSON.parse(a.slice(2)) as Record<string, unknown>);
  const right = Object.entries(JSON.parse(b.slice(2)) as Record<string, unknown>);
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [[name, value], [otherName, other]] = [left[index], right[index]] as [[string, unknown], [string, unknown]];
    const order = compareText(name, otherName) || compareValues(value, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === typeof b) return compareText(String(a), String(b));
  return typeof a === 'number' ? -1 : 1;
}
