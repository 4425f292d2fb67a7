import { lintSubject } from '../../../checker/lint.js';
import type { SubjectRule } from '../../../checker/subject.js';
import type { LabRule } from '../rule.js';

/** What the kinds of checks themselves say of a subject that is written wrongly. */
export const subjects: readonly LabRule[] = [
  rule('condition-status', "a condition's status is compared with a text", ''),
  rule('senseless-check', 'a check has what its subject needs, and nothing that contradicts it', ''),
  rule('two-conditions', 'a check has one condition', 'take one away, or make a check of it'),
  rule('unread-field', 'a check has no field that its subject does not read', 'take it away'),
  rule('wrong-pattern', 'a pattern is one of RE2, which no text makes take for ever', 'write it in the syntax of RE2'),
];

function rule(name: SubjectRule, says: string, remedy: string): LabRule {
  return {
    name,
    says,
    remedy,
    severity: 'error',
    check({ content: { spec } }, report) {
      for (const [index, check] of spec.checks.entries())
        lintSubject(check, `spec/checks/${index}`, (path, message, broken = 'senseless-check') => {
          if (broken === name) report(path, message);
        });
    },
  };
}
