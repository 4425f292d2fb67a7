import type { Verdict } from '../condition.js';
import type { GroupSubject } from '../rubric.js';
import type { CheckKind } from '../subject.js';

/** All of several, or one of them. */
export const all: CheckKind<GroupSubject> = {
  field: 'all',
  async judge({ all: parts = [] }, { judge }) {
    let last: Verdict = { passed: true, expected: 'all', found: 'all' };
    for (const part of parts) {
      last = await judge(part);
      if (!last.passed) return last;
    }
    return last;
  },
};

export const any: CheckKind<GroupSubject> = {
  field: 'any',
  async judge({ any: parts = [] }, { judge }) {
    const failed: Verdict[] = [];
    for (const part of parts) {
      const verdict = await judge(part);
      if (verdict.passed) return verdict;
      failed.push(verdict);
    }
    return {
      passed: false,
      expected: failed.map(({ expected }) => expected).join(' or '),
      found: failed.map(({ found }) => found).join('; '),
    };
  },
};
