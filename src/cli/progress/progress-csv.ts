import { harmless } from '../../clusters/plain-text.js';
import { isLesson } from '../../labs/lesson/lesson.js';
import { type GradedAttempt, gradedAttempts } from '../../labs/progress/graded-attempt.js';
import type { HistoryFacts } from '../../labs/progress/history-facts.js';
import type { Attempt, Progress } from '../../labs/progress/model.js';

/** The columns, in their order. More may come at the end. */
const COLUMNS = [
  'attempt',
  'lab',
  'certification',
  'domain',
  'types',
  'exam',
  'seed',
  'started',
  'graded',
  'points',
  'total',
  'passed',
  'hints',
  'seconds',
  'minutes',
  'cluster',
] as const;

/**
 * What `kubedrill progress --csv` prints: RFC 4180, a header and a row for each attempt at a lab in the order in which they
 * were begun. Empty is what is not known. Types are separated by blanks, instants ISO 8601, `passed` true or false, `seconds`
 * what was spent and `minutes` what the lab should take, `cluster` a real one. Text that a spreadsheet would take for a formula has a `'` before
 * it.
 */
export function progressCsv(progress: Progress, facts: HistoryFacts): string {
  const labs = new Map(facts.labs.map((lab) => [lab.id, lab]));
  const graded = new Map(gradedAttempts(progress).map((one) => [one.attempt.id, one]));
  const rows = progress.attempts
    .filter(({ lab }) => !isLesson(lab))
    .sort((one, other) => (one.started < other.started ? -1 : one.started > other.started ? 1 : 0))
    .map((attempt) => rowOf(attempt, graded.get(attempt.id), labs.get(attempt.lab)));
  return [COLUMNS, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

type Field = string | number | boolean | undefined;

function rowOf(
  attempt: Attempt,
  graded: GradedAttempt | undefined,
  lab: HistoryFacts['labs'][number] | undefined,
): readonly Field[] {
  const { id, lab: name, exam, seed, started, graded: at, points, total, passed, hints, seconds, cluster } = attempt;
  const spent = graded ? graded.seconds : seconds;
  const about = [lab?.certification, lab?.domain, lab?.types.join(' ')];
  return [id, name, ...about, exam, seed, started, at, points, total, passed, hints, spent, lab?.minutes, cluster];
}

function field(value: Field): string {
  if (typeof value !== 'string') return String(value ?? '');
  const plain = harmless(value);
  const text = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
