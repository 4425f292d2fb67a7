import chalk from 'chalk';
import type { Report } from '../checker/rubric.js';
import { markdownLine } from './markdown-text.js';

/** A graded task as plain text: a line for each check, and for each that failed what was expected and what was found. */
export function reportText(title: string, { checks, points, total }: Report): string {
  const lines = [`${chalk.bold(title)}  ${points} of ${total} points`, ''];
  for (const check of checks) {
    const sign = check.passed ? chalk.green('✓') : check.undecided ? chalk.yellow('?') : chalk.red('✗');
    const earned = check.guard ? 'guard' : `${check.earned}/${check.points}`.padEnd(5);
    lines.push(` ${sign} ${earned} ${markdownLine(check.says)}`);
    for (const says of check.withheld ?? []) lines.push(`           needs      ${markdownLine(says)}`);
    if (check.passed) continue;
    if (check.undecided) lines.push(`           undecided  ${check.found}`);
    else lines.push(`           expected   ${check.expected}`, `           found      ${check.found}`);
    if (check.because) lines.push(`           because    ${markdownLine(check.because)}`);
  }
  return lines.join('\n');
}

/** What `try --json` prints; its shape is documented and stays. */
export function reportJson(lab: string, seed: string, { checks, points, total, passed }: Report): unknown {
  return {
    lab,
    seed,
    points,
    total,
    passed,
    checks: checks.map(({ id, says, points: worth, earned, expected, found, undecided }) => ({
      id,
      says,
      points: worth,
      earned,
      expected,
      found,
      ...(undecided ? { undecided } : {}),
    })),
  };
}
