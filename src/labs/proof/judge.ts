import type { Report } from '../../checker/rubric.js';
import type { Expected, ProofCase } from './case.js';
import type { Seen } from './play-life.js';

/** What was to be, and what was. */
export interface Difference {
  readonly expected: string;
  readonly found: string;
}

/** How what was found differs from what a case says; undefined when it does not. */
export function judgeCase({ expects }: ProofCase, { report, crashes, interrupted }: Seen): Difference | undefined {
  const [crash] = crashes;
  if (crash)
    return { expected: 'no program of ours breaks', found: `${crash.command} on ${crash.host}: ${crash.message}` };
  switch (expects.kind) {
    case 'everything':
      return judgeWhole(report) ?? judgeWaiting(interrupted);
    case 'nothing':
      return judgeUntouched(report, expects.looking);
    case 'less':
      return judgeLess(report);
    case 'fails':
      return judgeFailing(report, expects.ids);
    case 'steps':
      return judgeSteps(report, expects) ?? judgeWaiting(interrupted);
  }
}

function judgeWhole(report: Report): Difference | undefined {
  if (report.passed) return undefined;
  return {
    expected: `${report.total} of ${report.total} points`,
    found: `${report.points} points: ${failing(report)}`,
  };
}

/** What earns everything must not do so by somebody's pressing Ctrl-C. */
function judgeWaiting([line]: readonly string[]): Difference | undefined {
  return line === undefined
    ? undefined
    : { expected: 'every line ends by itself', found: `\`${line.trim()}\` was interrupted after a quarter of an hour` };
}

function judgeLess(report: Report): Difference | undefined {
  if (report.points < report.total) return undefined;
  return {
    expected: `less than ${report.total} points`,
    found: 'everything: the line is idle; mark it # look or drop it',
  };
}

function judgeFailing(report: Report, ids: readonly string[]): Difference | undefined {
  const found = report.checks.filter(({ passed }) => !passed).map(({ id }) => id);
  if (found.length === ids.length && ids.every((id) => found.includes(id))) return undefined;
  return { expected: `fails ${ids.join(', ')} and nothing else`, found: failing(report) || 'everything passes' };
}

function judgeSteps(
  { checks }: Report,
  { holds, fails, guards }: Extract<Expected, { kind: 'steps' }>,
): Difference | undefined {
  const wanted = new Set([...holds, ...guards]);
  const open = checks.filter(({ id, passed }) => wanted.has(id) && !passed);
  if (open.length > 0)
    return {
      expected: `${open.map(({ id }) => id).join(', ')} to hold`,
      found: open.map(({ id, expected, found }) => `${id} (expected ${expected}; found ${found})`).join('; '),
    };
  const early = checks.filter(({ id, passed }) => fails.includes(id) && passed).map(({ id }) => id);
  if (early.length === 0) return undefined;
  return { expected: `${fails.join(', ')} to fail before the step`, found: `${early.join(', ')} hold already` };
}

function judgeUntouched(report: Report, looking = false): Difference | undefined {
  const guard = report.checks.find((check) => check.guard && !check.passed && !(looking && check.undecided));
  if (guard) return { expected: `guard ${guard.id} holds`, found: guard.found };
  const earning = report.checks.filter(({ earned }) => earned > 0).map(({ id }) => id);
  if (earning.length === 0) return undefined;
  return { expected: 'no points', found: `${earning.join(', ')} earn ${report.points}` };
}

function failing(report: Report): string {
  return report.checks
    .filter(({ passed }) => !passed)
    .map(({ id, expected, found }) => `${id} (expected ${expected}; found ${found})`)
    .join('; ');
}
