/** What calls of the extensions for lists and sets may cost, by their overloads. */
import type { Estimate } from '../program.js';
import { TRAVERSAL } from '../run/call-costs.js';
import { fixed, MOST, plus, scaled, times } from './amounts.js';
import type { CallEstimate, Estimator, Part } from './parts.js';

type Guess = (target: Part | undefined, args: readonly Part[], estimator: Estimator) => CallEstimate | undefined;

function allocating(factor: number, size: Estimate): CallEstimate {
  return { cost: plus(plus(scaled(size, factor), fixed(1)), fixed(10)), size };
}

/** A whole number that is written out. */
function literal(part: Part | undefined, otherwise: number): number {
  const value = part?.node.kind === 'literal' ? part.node.value : undefined;
  return typeof value === 'bigint' ? Math.max(0, Number(value)) : otherwise;
}

function sets(factor: number): Guess {
  return (_target, [left, right], estimator) => {
    if (!left || !right) return undefined;
    const pairs = times(estimator.sizeOf(left), estimator.sizeOf(right));
    return { cost: plus(scaled(pairs, factor), fixed(1)) };
  };
}

const slice: Guess = (target, [from, to], estimator) => {
  if (!target) return undefined;
  const count = literal(to, estimator.sizeOf(target).max) - literal(from, 0);
  return allocating(1, fixed(count < 0 ? MOST + count : count));
};

const BY_OVERLOAD: Readonly<Record<string, Guess>> = {
  list_distinct: (target, _args, estimator) => target && allocating(2, squared(estimator.sizeOf(target))),
  list_flatten: (target, _args, estimator) => target && allocating(1, estimator.sizeOf(target)),
  list_flatten_int: (target, [depth], estimator) =>
    target && allocating(literal(depth, MOST), estimator.sizeOf(target)),
  list_reverse: (target, _args, estimator) => target && allocating(1, estimator.sizeOf(target)),
  list_sets_contains_list: sets(1),
  list_sets_equivalent_list: sets(2),
  list_sets_intersects_list: sets(1),
  list_slice: slice,
  lists_range: (_target, [count]) => allocating(1, fixed(literal(count, MOST))),
};

function squared(size: Estimate): Estimate {
  return times(size, size);
}

/** What a call may cost, undefined where it is none of these. */
export function guessExtension(
  overload: string,
  target: Part | undefined,
  args: readonly Part[],
  estimator: Estimator,
): CallEstimate | undefined {
  const sorted = /^list_(.+)_(sort|sortByAssociatedKeys)$/.exec(overload);
  if (!sorted)
    return Object.hasOwn(BY_OVERLOAD, overload) ? BY_OVERLOAD[overload]?.(target, args, estimator) : undefined;
  const keys = sorted[2] === 'sort' ? target : args[0];
  const factor = sorted[1] === 'string' || sorted[1] === 'bytes' ? 2 + TRAVERSAL : 2;
  return keys && allocating(factor, squared(estimator.sizeOf(keys)));
}
