/** What calls of the language's own functions may cost, by their overloads. */
import type { Estimate } from '../program.js';
import { PATTERN, TRAVERSAL } from '../run/call-costs.js';
import { fixed, plus, scaled, times, UNKNOWN, union } from './amounts.js';
import type { CallEstimate, Part } from './parts.js';

interface Asked {
  readonly overload: string;
  readonly target: Part | undefined;
  readonly args: readonly Part[];
  /** What each argument may cost. */
  readonly costs: readonly Estimate[];
  /** What all of them may cost. */
  readonly sum: Estimate;
}

type Guess = (asked: Asked) => CallEstimate | undefined;

function sizeOf(part: Part | undefined): Estimate {
  return part?.size ?? UNKNOWN;
}

function cost(at: number): Estimate {
  return fixed(at);
}

const both: Guess = ({ args, sum, overload }) => {
  const size = plus(sizeOf(args[0]), sizeOf(args[1]));
  const own = overload === 'add_list' ? cost(1) : scaled(size, TRAVERSAL);
  return { cost: plus(own, sum), size };
};

const smaller: Guess = ({ args, sum }) => {
  const max = Math.min(sizeOf(args[0]).max, sizeOf(args[1]).max);
  return { cost: plus(scaled({ min: max > 0 ? 1 : 0, max }, TRAVERSAL), sum) };
};

const logical: Guess = ({ costs: [left = fixed(0), right = fixed(0)] }) => {
  return { cost: { min: left.min, max: plus(left, right).max } };
};

const prefix: Guess = ({ args, sum }) => ({ cost: plus(scaled(sizeOf(args[0]), TRAVERSAL), sum) });

function named(names: string, guess: Guess): [string, Guess][] {
  return names.split(' ').map((name) => [name, guess]);
}

const BY_OVERLOAD: ReadonlyMap<string, Guess> = new Map([
  ...named('add_string add_bytes add_list', both),
  ...named('less_string greater_string less_equals_string greater_equals_string', smaller),
  ...named('less_bytes greater_bytes less_equals_bytes greater_equals_bytes equals not_equals', smaller),
  ...named('logical_and logical_or', logical),
  ...named('starts_with_string ends_with_string', prefix),
  ...named('string_format', ({ target, sum }) => ({ cost: plus(scaled(sizeOf(target), TRAVERSAL), sum) })),
  ...named('string_to_bytes', ({ args, sum }) => {
    const { min, max } = sizeOf(args[0]);
    return { cost: plus(scaled({ min, max }, TRAVERSAL), sum), size: { min, max: max * 4 } };
  }),
  ...named('bytes_to_string', ({ args, sum }) => {
    const { min, max } = sizeOf(args[0]);
    return { cost: plus(scaled({ min, max }, TRAVERSAL), sum), size: { min: Math.trunc(min / 4), max } };
  }),
  ...named('strings_quote', ({ args, sum }) => {
    const { min, max } = sizeOf(args[0]);
    return { cost: plus(scaled({ min, max }, TRAVERSAL), sum), size: { min: min + 2, max: max * 2 + 2 } };
  }),
  ...named('in_list', ({ args, sum }) => ({ cost: plus(sizeOf(args[1]), sum) })),
  ...named('matches_string', ({ target, args, sum }) => {
    if (!target) return undefined;
    const text = scaled(plus(sizeOf(target), fixed(1)), TRAVERSAL);
    return { cost: plus(times(text, scaled(sizeOf(args[0]), PATTERN)), sum) };
  }),
  ...named('contains_string', ({ target, args, sum }) => {
    const product = times(scaled(sizeOf(target), TRAVERSAL), scaled(sizeOf(args[0]), TRAVERSAL));
    return { cost: plus(product, sum) };
  }),
  ...named('conditional', ({ args, costs: [condition = fixed(0), yes = fixed(0), no = fixed(0)] }) => {
    return { cost: plus(condition, union(yes, no)), size: union(sizeOf(args[1]), sizeOf(args[2])) };
  }),
]);

/** What a call may cost with its arguments, undefined where it is as dear as any. */
export function guessStandard(asked: Asked): CallEstimate | undefined {
  return BY_OVERLOAD.get(asked.overload)?.(asked);
}
