import { lintSubject } from '../../../checker/lint.js';
import type { LabRule } from '../rule.js';

const senselessCheck: LabRule = {
  name: 'senseless-check',
  says: 'a check has what its subject needs and nothing that nobody looks at',
  remedy: '',
  severity: 'error',
  check({ content: { spec } }, report) {
    for (const [index, check] of spec.checks.entries()) lintSubject(check, `spec/checks/${index}`, report);
  },
};

/** What the kinds of checks themselves say of a subject that is written wrongly. */
export const subjects: readonly LabRule[] = [senselessCheck];
