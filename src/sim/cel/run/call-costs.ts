/** What calls cost when they are made, by k8s.io/apiserver/pkg/cel/library and cel-go's own count. */

import { utf8Length } from '../../api/go-text.js';
import { BYTES, STRING } from '../types.js';
import { CelList, CelMap, Opaque, type Value } from '../values.js';
import { typeOf } from './kinds.js';
import { contentSize, sizeOf } from './sizes.js';

/** What going through one character or byte costs. */
export const TRAVERSAL = 0.1;
/** What one character of a pattern costs. */
export const PATTERN = 0.25;

type Cost = (args: readonly Value[], result: Value, overload: string) => number;

function arg(args: readonly Value[], at: number): Value {
  return args[at] ?? null;
}

function traversal(size: number): number {
  return Math.ceil(size * TRAVERSAL);
}

const one: Cost = () => 1;
const first: Cost = (args) => traversal(sizeOf(arg(args, 0)));
const firstTwice: Cost = (args) => Math.ceil(sizeOf(arg(args, 0)) * 2 * TRAVERSAL);
const whole: Cost = (args) => wholeCost(arg(args, 0));
const search: Cost = (args) =>
  Math.ceil((1 + sizeOf(arg(args, 0))) * TRAVERSAL) * Math.ceil(sizeOf(arg(args, 1)) * PATTERN);
const selector: Cost = (args) => {
  const length = sizeOf(arg(args, 1));
  return 10 + traversal(length) + Math.ceil(Math.ceil(length * 0.5) * 50);
};

/** What it costs to look at all of a value. */
function wholeCost(value: Value): number {
  if (typeof value === 'string') return Math.trunc(utf8Length(value) * TRAVERSAL);
  if (value instanceof Uint8Array) return Math.trunc(value.length * TRAVERSAL);
  let cost = 0;
  if (value instanceof CelList) {
    for (let at = 0; at < value.size; at += 1) cost += wholeCost(value.at(at));
    return cost;
  }
  if (!(value instanceof CelMap)) return 1;
  for (const key of value.keys()) cost += wholeCost(key) + wholeCost(value.find(key) ?? null);
  return cost;
}

/** Comparing every element of a list with every other. */
function selfCompared(list: Value): number {
  const size = sizeOf(list);
  let factor = 2;
  if (list instanceof CelList && size > 0) {
    const type = typeOf(list.at(0));
    if (type === STRING || type === BYTES) factor += TRAVERSAL;
  }
  return allocated(factor, size * size);
}

function allocated(factor: number, size: number): number {
  return Math.trunc(size * factor) + 1 + 10;
}

function sets(factor: number): Cost {
  return (args) => 1 + Math.trunc(sizeOf(arg(args, 0)) * sizeOf(arg(args, 1)) * factor);
}

function contains(extra: (size: number) => number, byText: string): Cost {
  return (args, _result, overload) => {
    const size = sizeOf(arg(args, 0));
    const parsed = overload === byText ? traversal(sizeOf(arg(args, 1))) : 0;
    return traversal(size + size) + extra(size) + parsed;
  };
}

function named(names: string, cost: Cost): [string, Cost][] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, cost]);
}

/** By the function's name. */
const BY_NAME: ReadonlyMap<string, Cost> = new Map([
  ...named('check', () => 350_000),
  ...named('serviceAccount path group resource subresource namespace name allowed reason error errored', one),
  ...named('fieldSelector labelSelector', selector),
  ...named('isSorted sum max min indexOf lastIndexOf', whole),
  ...named('url lowerAscii upperAscii substring trim jsonpatch.escapeKey', first),
  ...named('replace split ip.isCanonical', firstTwice),
  ...named('join', (_args, result) => Math.ceil(sizeOf(result) * 2 * TRAVERSAL)),
  ...named('find findAll', search),
  ...named('cidr isIP isCIDR quantity isQuantity semver isSemver', first),
  ...named('ip', (args, result, overload) => (overload === 'cidr_ip' ? 1 : first(args, result, overload))),
  ...named('masked prefixLength family isUnspecified isLoopback isLinkLocalMulticast isLinkLocalUnicast', one),
  ...named('isGlobalUnicast format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan', one),
  ...named('compareTo add sub major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery', one),
  ...named(
    'containsIP',
    contains(() => 0, 'cidr_contains_ip_string'),
  ),
  ...named(
    'containsCIDR',
    contains((size) => traversal(size) + 1, 'cidr_contains_cidr_string'),
  ),
  ...named('validate', (args) => {
    const format = arg(args, 0);
    const patternSize = format instanceof Opaque ? (format.patternSize ?? 0) : 0;
    return Math.ceil((1 + sizeOf(arg(args, 1))) * TRAVERSAL) * Math.ceil(patternSize * PATTERN);
  }),
]);

const smaller: Cost = (args) => traversal(Math.min(contentSize(arg(args, 0)), contentSize(arg(args, 1))));
const firstContent: Cost = (args) => traversal(contentSize(arg(args, 0)));
const bothContents: Cost = (args) => traversal(contentSize(arg(args, 0)) + contentSize(arg(args, 1)));

/** By the overload, where it is known which one is meant. */
const BY_OVERLOAD: ReadonlyMap<string, Cost> = new Map([
  ...named(
    'starts_with_string ends_with_string string_to_bytes bytes_to_string strings_quote string_format',
    firstContent,
  ),
  ...named('in_list', (args) => contentSize(arg(args, 1))),
  ...named('less_string greater_string less_equals_string greater_equals_string', smaller),
  ...named('less_bytes greater_bytes less_equals_bytes greater_equals_bytes equals not_equals', smaller),
  ...named('add_string add_bytes', bothContents),
  ...named('matches_string', search),
  ...named('contains_string', (args) => traversal(contentSize(arg(args, 0))) * traversal(contentSize(arg(args, 1)))),
  ...named('list_slice lists_range list_reverse', (_args, result) => allocated(1, sizeOf(result))),
  ...named('list_flatten', (args) => allocated(1, sizeOf(arg(args, 0)))),
  ...named('list_flatten_int', (args) => allocated(Number(arg(args, 1)), sizeOf(arg(args, 0)))),
  ...named('list_distinct', (args) => selfCompared(arg(args, 0))),
  ...named('list_sets_contains_list list_sets_intersects_list', sets(1)),
  ...named('list_sets_equivalent_list', sets(2)),
]);

/** Whether a call can take so long by itself that what it costs has to be known before: it compares each with each. */
export function isPaidFirst(overload: string): boolean {
  return /^list_(distinct|sets_.*)$|_sort$|_sortByAssociatedKeys$/.test(overload);
}

/** How what calls of a function cost is worked out; `overload` is empty where several are possible. */
export function callCostOf(name: string, overload: string): (args: readonly Value[], result: Value) => number {
  if (/_sort$/.test(overload)) return (args) => selfCompared(arg(args, 0));
  if (/_sortByAssociatedKeys$/.test(overload)) return (args) => selfCompared(arg(args, 1));
  const tracked = overload.startsWith('list') ? BY_OVERLOAD.get(overload) : undefined;
  const cost = tracked ?? BY_NAME.get(name) ?? BY_OVERLOAD.get(overload);
  return cost ? (args, result) => cost(args, result, overload) : () => 1;
}

/** What comparing two values has cost. */
export function equalsCost(a: Value, b: Value): number {
  if (a instanceof Opaque) return 1;
  return traversal(Math.min(contentSize(a), contentSize(b)));
}
