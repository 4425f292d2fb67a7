import {
  type Condition,
  conditionFields,
  describeCondition,
  describeValue,
  judge,
  lintCondition,
  type Verdict,
} from '../condition.js';
import { findValue } from '../json-path.js';
import { type ObjectRef, objectRef } from '../object-ref.js';
import type { KubernetesObject } from '../objects.js';
import { quantityValue } from '../quantity.js';
import { refName } from '../reference.js';
import { formed } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';

interface ResourceSubject extends Condition {
  readonly resource: ObjectRef;
  /** Starts with `$`. Without it the object itself is meant. */
  readonly jsonpath?: string;
  /** Over several objects; `all` when left out. `count` counts objects that match, `sum` adds their values up. */
  readonly over?: 'all' | 'any' | 'none' | 'count' | 'sum';
}

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
      enum: ['all', 'any', 'none', 'count', 'sum'],
      default: 'all',
      description: 'How several objects count together; all must be as said when left out.',
    },
  },
  lint,
  async judge(subject, { objects }) {
    const found = await objects.read(subject.resource);
    if (subject.over === 'count' || subject.over === 'sum') return aggregate(subject, found);
    if (found.length === 0) {
      const expected = subject.jsonpath === undefined ? 'exists' : describeCondition(subject);
      return { passed: subject.over === 'none', expected, found: `no ${refName(subject.resource)}` };
    }
    return combine(
      subject,
      found.map((object) => ({ object, verdict: judge(valueIn(object, subject), subject) })),
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

function valueIn(object: KubernetesObject, { jsonpath }: ResourceSubject): unknown {
  return jsonpath === undefined ? object : findValue(object, jsonpath);
}

interface Judged {
  readonly object: KubernetesObject;
  readonly verdict: Verdict;
}

function combine({ over = 'all', resource: ref, jsonpath }: ResourceSubject, judged: readonly Judged[]): Verdict {
  const first = judged[0] as Judged;
  if (ref.name !== undefined)
    return jsonpath === undefined
      ? { ...first.verdict, found: first.verdict.passed ? 'exists' : first.verdict.found }
      : first.verdict;
  const passing = judged.filter(({ verdict }) => verdict.passed);
  const failing = judged.filter(({ verdict }) => !verdict.passed);
  const { expected } = first.verdict;
  switch (over) {
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

function aggregate(subject: ResourceSubject, found: readonly KubernetesObject[]): Verdict {
  const values = found.map((object) => valueIn(object, subject)).filter((value) => value !== undefined);
  const number =
    subject.over === 'count'
      ? values.length
      : values.reduce((sum: number, value) => sum + (quantityValue(value) ?? 0), 0);
  return { ...judge(number, subject), found: describeValue(number) };
}
