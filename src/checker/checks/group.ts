import type { Verdict } from '../condition.js';
import type { Subject } from '../rubric.js';
import { list, type Schema } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

const parts = (description: string): Schema => list({ $ref: '#/$defs/subject' }, description, { minItems: 1 });
const pathed = (field: string, subjects: readonly Subject[]): { path: string; subject: Subject }[] =>
  subjects.map((subject, index) => ({ path: `${field}/${index}`, subject }));

/** All of several. One that fails decides, whatever cannot be found out of the others. */
export const all: CheckKind<{ readonly all: readonly Subject[] }> = {
  field: 'all',
  schema: parts('All of these must hold.'),
  parts: ({ all }) => pathed('all', all),
  async judge({ all }, { judge }) {
    const verdicts: Verdict[] = [];
    for (const part of all) {
      const verdict = await judge(part);
      if (!verdict.passed && !verdict.undecided) return verdict;
      verdicts.push(verdict);
    }
    return (verdicts.find(({ undecided }) => undecided) ?? verdicts.at(-1)) as Verdict;
  },
};

/** One of several. Where none holds, but of one it cannot be found out, it is undecided. */
export const any: CheckKind<{ readonly any: readonly Subject[] }> = {
  field: 'any',
  schema: parts('One of these must hold, whichever it is.'),
  parts: ({ any }) => pathed('any', any),
  async judge({ any }, { judge }) {
    const failed: Verdict[] = [];
    for (const part of any) {
      const verdict = await judge(part);
      if (verdict.passed) return verdict;
      failed.push(verdict);
    }
    return {
      passed: false,
      ...(failed.some(({ undecided }) => undecided) ? { undecided: true } : {}),
      expected: failed.map(({ expected }) => expected).join(' or '),
      found: failed.map(({ found }) => found).join('; '),
    };
  },
};
