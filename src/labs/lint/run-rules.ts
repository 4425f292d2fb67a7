import { fieldName, lineOf, type Positions } from '../format/positions.js';
import type { Problem } from '../format/problem.js';
import type { FileRule, Linted, Report, Rule } from './rule.js';

/** Where problems are reported to: their file, where its fields stand, and whether it is the program's own content. */
interface Reported {
  readonly file: string;
  readonly positions: Positions;
  readonly place?: (path: string) => string;
  readonly shipped: boolean;
}

/** What these rules find in a file, in the order of the lines. */
export function runRules<File extends Linted<unknown>>(
  rules: readonly FileRule<File>[],
  file: File,
  shipped = true,
): Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) rule.check(file, reporter(rule, { ...file, shipped }, problems));
  return inOrder(problems);
}

/** Makes problems of what is reported of one rule. */
function reporter(
  rule: Rule,
  { file, positions, place = (path) => path, shipped }: Reported,
  problems: Problem[],
): Report {
  return (told, message, remedy = rule.remedy) => {
    const path = place(told);
    problems.push({
      file,
      line: lineOf(positions, path),
      field: fieldName(path),
      message: remedy === '' ? message : `${message}; ${remedy}`,
      rule: rule.name,
      ...(isWarning(rule, shipped) ? { severity: 'warning' } : {}),
    });
  };
}

function isWarning({ severity }: Rule, shipped: boolean): boolean {
  return severity === 'warning' || (severity === 'shipped' && !shipped);
}

/** By line; of one line in the order in which they were found. */
function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
