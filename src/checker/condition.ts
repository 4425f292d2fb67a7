import { readPattern } from './pattern.js';
import { quantityValue } from './quantity.js';
import { type Schema, text } from './schema/words.js';
import type { Report } from './subject.js';

/** What a check says about a value. Exactly one of the fields but `missing` is set. */
export interface Condition {
  readonly equals?: unknown;
  /** A text contains a text; a list contains an item. */
  readonly contains?: unknown;
  /** A regular expression, somewhere in the text. */
  readonly matches?: string;
  readonly exists?: true;
  /** The object exists, the field does not. */
  readonly absent?: true;
  readonly atLeast?: number | string;
  readonly atMost?: number | string;
  /** Equal as Kubernetes quantities: `0.5` and `500m`. */
  readonly quantity?: string;
  /** What a left-out field stands for. */
  readonly missing?: unknown;
}

/** The schemas of a condition's fields. */
export const conditionFields: Readonly<Record<string, Schema>> = {
  equals: { description: 'The value is just this, lists and maps included.' },
  contains: { description: 'A text that holds this text, or a list that has this item.' },
  matches: text('A regular expression that is found somewhere in the text.', { examples: ['^ready$'] }),
  exists: { const: true, description: 'The object or the field is there.' },
  absent: { const: true, description: 'The object is there and the field is not.' },
  atLeast: {
    type: ['number', 'string'],
    description: 'A number, or a quantity, that is this or more.',
    examples: [2, '500m'],
  },
  atMost: {
    type: ['number', 'string'],
    description: 'A number, or a quantity, that is this or less.',
    examples: [2, '1Gi'],
  },
  quantity: text('Equal as a Kubernetes quantity, as 0.5 and 500m are.', { examples: ['500m', '1Gi'] }),
  missing: { description: 'The value that a left-out field stands for, such as 0 or false.', examples: [0, false] },
};

/** How a value stood a condition: what was expected and what was there, in words. */
export interface Verdict {
  readonly passed: boolean;
  readonly expected: string;
  readonly found: string;
  /** It could not be found out; `found` says why. */
  readonly undecided?: true;
}

/** The fields of which a condition has one; `missing` goes beside it. */
export const CONDITIONS: readonly (keyof Condition)[] = [
  'equals',
  'contains',
  'matches',
  'exists',
  'absent',
  'atLeast',
  'atMost',
  'quantity',
];

/** What is wrong with a condition itself: there are two, or a regular expression that is none. */
export function lintCondition(condition: Condition, path: string, report: Report): void {
  const given = CONDITIONS.filter((name) => name in condition);
  for (const name of given.slice(1))
    report(`${path}/${name}`, `stands beside ${given[0]}; a check has one condition`, 'two-conditions');
  const { matches } = condition;
  if (matches === undefined || matches.includes('{{')) return;
  const { problem } = readPattern(matches);
  if (problem !== undefined) report(`${path}/matches`, problem, 'wrong-pattern');
}

/** Decimals beyond these are rounding. */
const TOLERANCE = 1e-9;

/** Judges a value. `undefined` is a field that is not there, for which `missing` may stand. */
export function judge(value: unknown, condition: Condition): Verdict {
  const actual = value === undefined ? condition.missing : value;
  const passed = holds(actual, condition);
  const [expected, found] = [describeCondition(condition), describeValue(actual)];
  // A text and a number that look alike are told apart.
  if (!passed && expected === found && 'equals' in condition)
    return { passed, expected: describeKind(condition.equals), found: describeKind(actual) };
  return { passed, expected, found };
}

/** What a condition asks for, in words. */
export function describeCondition(condition: Condition): string {
  if ('equals' in condition) return describeValue(condition.equals);
  if ('contains' in condition) return `contains ${describeValue(condition.contains)}`;
  if (condition.matches !== undefined) return `matches ${condition.matches}`;
  if (condition.absent) return 'is not set';
  if (condition.atLeast !== undefined) return `at least ${condition.atLeast}`;
  if (condition.atMost !== undefined) return `at most ${condition.atMost}`;
  if (condition.quantity !== undefined) return condition.quantity;
  return 'exists';
}

/** A value in words: texts as they are, nothing as `nothing`, structures as JSON. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);
}

/** A value with what it is: `the text "4"`, `the number 4`. */
function describeKind(value: unknown): string {
  if (value === null) return 'null';
  const kind = typeof value === 'string' ? 'text' : Array.isArray(value) ? 'list' : typeof value;
  return `the ${kind === 'object' ? 'map' : kind} ${JSON.stringify(value)}`;
}

/** Equal in depth; maps whatever the order of their fields. */
export function deepEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) => key in other && deepEqual((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  );
}

function holds(value: unknown, condition: Condition): boolean {
  if (condition.absent) return value === undefined;
  if (value === undefined) return false;
  if ('equals' in condition) return deepEqual(value, condition.equals);
  if ('contains' in condition) return containsPart(value, condition.contains);
  if (condition.matches !== undefined)
    return readPattern(condition.matches).found?.(typeof value === 'string' ? value : JSON.stringify(value)) ?? false;
  if (condition.atLeast !== undefined)
    return compare(value, condition.atLeast, (difference) => difference >= -TOLERANCE);
  if (condition.atMost !== undefined) return compare(value, condition.atMost, (difference) => difference <= TOLERANCE);
  if (condition.quantity !== undefined)
    return compare(value, condition.quantity, (difference) => Math.abs(difference) <= TOLERANCE);
  return true;
}

function containsPart(value: unknown, part: unknown): boolean {
  if (typeof value === 'string') return value.includes(String(part));
  if (Array.isArray(value)) return value.some((item) => deepEqual(item, part));
  if (typeof value !== 'object' || value === null || typeof part !== 'object' || part === null) return false;
  return Object.entries(part).every(([key, inner]) => deepEqual((value as Record<string, unknown>)[key], inner));
}

function compare(value: unknown, limit: unknown, fits: (difference: number) => boolean): boolean {
  const [one, other] = [quantityValue(value), quantityValue(limit)];
  return one !== undefined && other !== undefined && fits(one - other);
}
