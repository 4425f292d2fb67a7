import type { Verdict } from '../condition.js';
import type { Subject } from '../rubric.js';
import { list, type Schema } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface GroupSubject {
  readonly all?: readonly Subject[];
  readonly any?: readonly Subject[];
}

const parts = (description: string): Schema => list({ $ref: '#/$defs/subject' }, description, { minItems: 1 });
const pathed = (field: string, subjects: readonly Subject[]): { path: string; subject: Subject }[] =>
  subjects.map((subject, index) => ({ path: `${field}/${index}`, subject }));

/** All of several. */
export const all: CheckKind<GroupSubject> = {
  field: 'all',
  schema: parts('All of these must hold.'),
  parts: ({ all = [] }) => pathed('all', all),
  async judge({ all: parts = [] }, { judge }) {
    let last: Verdict = { passed: true, expected: 'all', found: 'all' };
    for (const part of parts) {
      last = await judge(part);
      if (!last.passed) return last;
    }
    return last;
  },
};

/** One of several. */
export const any: CheckKind<GroupSubject> = {
  field: 'any',
  schema: parts('One of these must hold, whichever it is.'),
  parts: ({ any = [] }) => pathed('any', any),
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
