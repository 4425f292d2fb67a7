import {
  type Condition,
  conditionFields,
  describeCondition,
  describeValue,
  judge,
  lintCondition,
  type Verdict,
} from '../condition.js';
import { findAll } from '../json-path.js';
import { type ObjectRef, objectRef } from '../object-ref.js';
import { type KubernetesObject, UndecidedError } from '../objects.js';
import { quantityValue } from '../quantity.js';
import { refName } from '../reference.js';
import { formed, type Schema } from '../schema/words.js';
import { valueAt } from '../single-value.js';
import type { CheckKind, Report } from '../subject.js';

interface ResourceSubject extends Condition {
  readonly resource: ObjectRef;
  /** Starts with `$`. Without it the object itself is meant. */
  readonly jsonpath?: string;
  /** Over several objects, or several matches in a named one; `all` when left out. */
  readonly over?: Over;
  /** Over several matches within each object. */
  readonly each?: Over;
}

/** `count` counts what has a value, `sum` adds the values up. */
type Over = 'all' | 'any' | 'none' | 'count' | 'sum';

const over = (description: string): Schema => ({ enum: ['all', 'any', 'none', 'count', 'sum'], description });

/** `$.status.conditions[…].status` ends so; it is a text, `"True"`. */
const CONDITION_STATUS = /conditions\b.*\.status$/;

/** Fields of objects, by JSONPath. */
export const resource: CheckKind<ResourceSubject> = {
  field: 'resource',
  schema: objectRef(),
  beside: {
    ...conditionFields,
    jsonpath: formed(
      "Where to look in the object; the object itself when left out. kubectl's form {.a.b} is written $.a.b.",
      '^\\$',
      {
        examples: ['$.spec.replicas'],
      },
    ),
    over: {
      ...over('How several objects, or the matches in a named one, count together; all when left out.'),
      default: 'all',
    },
    each: over('How several matches within each object count together; needed where there are several.'),
  },
  lint,
  async judge(subject, { objects }) {
    const found = await objects.read(subject.resource);
    if (subject.resource.name === undefined && (subject.over === 'count' || subject.over === 'sum'))
      return aggregate(
        found.flatMap((object) => one(object, subject)),
        subject.over,
        subject,
      );
    if (found.length === 0) {
      return {
        passed: subject.over === 'none',
        expected: describeCondition(subject),
        found: `no ${refName(subject.resource)}`,
      };
    }
    return combine(
      subject,
      found.map((object) => ({ object, verdict: judgeObject(object, subject) })),
    );
  },
};

function lint(subject: ResourceSubject, path: string, report: Report): void {
  lintCondition(subject, path, report);
  const { jsonpath, equals } = subject;
  if (typeof equals === 'boolean' && jsonpath !== undefined && CONDITION_STATUS.test(jsonpath))
    report(
      `${path}/equals`,
      `a condition's status is a text: write "${equals ? 'True' : 'False'}"`,
      'condition-status',
    );
}

/** How the matches within an object count together: with one object there is nothing else that `over` could mean. */
function within({ resource: ref, over: several, each }: ResourceSubject): Over | undefined {
  return each ?? (ref.name === undefined ? undefined : several);
}

/** An object's one value, as a list of none or one. */
function one(object: KubernetesObject, subject: ResourceSubject): unknown[] {
  if (subject.jsonpath === undefined) return [object];
  const how = within(subject);
  if (how === 'count' || how === 'sum') return [totalOf(findAll(object, subject.jsonpath), how)];
  const value = valueAt(object, subject.jsonpath, 'say each: all, any, none, count or sum');
  return value === undefined ? [] : [value];
}

function judgeObject(object: KubernetesObject, subject: ResourceSubject): Verdict {
  const { jsonpath } = subject;
  if (jsonpath === undefined) return judge(object, subject);
  const how = within(subject);
  const matches = findAll(object, jsonpath);
  if (how === 'count' || how === 'sum') return aggregate(matches, how, subject);
  if (how === undefined || matches.length === 0) return judge(one(object, subject)[0], subject);
  const verdicts = matches.map((match) => judge(match, subject));
  const passing = verdicts.filter(({ passed }) => passed);
  const failing = verdicts.filter(({ passed }) => !passed);
  const { expected } = verdicts[0] as Verdict;
  const found = (list: readonly Verdict[]): string => list.map((verdict) => verdict.found).join(', ');
  if (how === 'all')
    return { passed: failing.length === 0, expected, found: found(failing.length > 0 ? failing : passing) };
  const passed = passing.length > 0 === (how === 'any');
  return {
    passed,
    expected: how === 'any' ? `one of ${matches.length} with ${expected}` : `none with ${expected}`,
    found: found(passing.length > 0 ? passing : failing),
  };
}

interface Judged {
  readonly object: KubernetesObject;
  readonly verdict: Verdict;
}

function combine(
  { over: several = 'all', resource: ref, jsonpath }: ResourceSubject,
  judged: readonly Judged[],
): Verdict {
  const first = judged[0] as Judged;
  if (ref.name !== undefined)
    return jsonpath === undefined
      ? { ...first.verdict, found: first.verdict.passed ? 'exists' : first.verdict.found }
      : first.verdict;
  const passing = judged.filter(({ verdict }) => verdict.passed);
  const failing = judged.filter(({ verdict }) => !verdict.passed);
  // What is asked of one object may depend on how much it has.
  const { expected } = (several === 'all' ? (failing[0] ?? first) : first).verdict;
  switch (several) {
    case 'any':
      return {
        passed: passing.length > 0,
        expected: `one of ${judged.length} with ${expected}`,
        found: describe(passing.length > 0 ? passing : failing),
      };
    case 'none':
      return {
        passed: passing.length === 0,
        expected: `none with ${expected}`,
        found: describe(passing.length > 0 ? passing : failing),
      };
    default:
      return { passed: failing.length === 0, expected, found: describe(failing.length > 0 ? failing : passing) };
  }
}

/** Three objects say enough. */
const SHOWN_MAX = 3;

function describe(judged: readonly Judged[]): string {
  const shown = judged.slice(0, SHOWN_MAX).map(({ object, verdict }) => `${object.metadata.name}: ${verdict.found}`);
  return judged.length > SHOWN_MAX ? `${shown.join(', ')} and ${judged.length - SHOWN_MAX} more` : shown.join(', ');
}

function aggregate(values: readonly unknown[], how: 'count' | 'sum', condition: Condition): Verdict {
  const number = totalOf(values, how);
  return { ...judge(number, condition), found: describeValue(number) };
}

/** Throws `UndecidedError` for a sum of what are no numbers. */
function totalOf(values: readonly unknown[], how: 'count' | 'sum'): number {
  if (how === 'count') return values.length;
  return values.reduce((sum: number, value) => {
    const number = quantityValue(value);
    if (number === undefined) throw new UndecidedError(`${describeValue(value)} is no number that could be added up`);
    return sum + number;
  }, 0);
}
