import type { CheckResult } from '../../checker/rubric.js';
import { type Line, lineWidth, padText, type Span, spread, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { markdownLines } from '../markdown/markdown.js';
import type { GradedView } from '../ports.js';
import type { LabState, ReportPart } from '../store/state.js';
import { say, saySpans } from '../words/words.js';
import { clockText } from './words.js';

const INDENT = 12;
/** What points, times and `over time` take in English, with two digits for each number and the blanks around them. */
const COLUMNS_OF_RESULT = 46;
/** Blanks between the header's two sides at least. */
const GAP = 2;

/** The report's header: title, points, time. */
export function reportHeader({ view, graded, task }: LabState, columns: number): Line {
  const number = task === undefined ? '' : ` ${task} `;
  if (!graded) return [{ text: `${number} ${view.title}`, style: 'heading' }];
  const { points, report, seconds } = graded;
  const style = points === report.total ? 'passed' : points > 0 ? 'attention' : 'failed';
  const over = seconds > view.minutes * 60;
  const title: Line = [{ text: `${number} ${view.title}`, style: 'heading' }];
  const time = {
    spent: { text: clockText(seconds), style: over ? 'attention' : 'plain' },
    limit: clockText(view.minutes * 60),
  } as const;
  const result = (said: 'time.of' | 'time.of-over'): Line => [
    { text: say('report.points', { points, total: report.total }), style },
    { text: ' · ' },
    ...saySpans(said, undefined, time),
    { text: ' ' },
  ];
  const whole = result('time.of-over');
  const fits = lineWidth(title) + Math.max(COLUMNS_OF_RESULT, lineWidth(whole) + GAP) <= columns;
  return spread(title, over && fits ? whole : result('time.of'), columns);
}

/** What a part of the report says. */
export function reportLines(lab: LabState, part: ReportPart, columns: number): Line[] {
  switch (part) {
    case 'checks':
      if (!lab.graded) return [[{ text: `   ${say('report.not-opened')}` }]];
      return gradedLines(lab.graded, columns);
    case 'solution':
      return [
        [{ text: ` ${say('report.solution')}`, style: 'bold' }],
        [],
        ...lab.view.solution.flatMap((line) => wrapLine([{ text: `   ${line}`, style: 'code' }], columns, 5)),
      ];
    case 'explanation':
      return [
        [{ text: ` ${say('report.explanation')}`, style: 'bold' }],
        [],
        ...markdownLines(lab.view.explains, columns - 4).map((line): Line => [{ text: '   ' }, ...line]),
        ...(lab.view.reads.length > 0 ? [[], [{ text: `   ${say('report.read-on')}`, style: 'bold' as const }]] : []),
        ...lab.view.reads.flatMap((address) => wrapLine([{ text: '   ' }, { text: address }], columns, 3)),
      ];
    case 'typed':
      return [
        [{ text: ` ${say('report.typed')}`, style: 'bold' }],
        [],
        ...(lab.typed.length === 0 ? [[{ text: `   ${say('report.nothing-typed')}` }]] : []),
        ...lab.typed.flatMap((line) => wrapLine([{ text: `   ${line}` }], columns, 5)),
      ];
  }
}

/** Checks with how each ended, guards last. `only` says what is told of those that failed; without it all is. */
export function checkLines(checks: readonly CheckResult[], columns: number, only?: 'found'): Line[] {
  const ordered = [...checks].sort((one, other) => Number(one.guard) - Number(other.guard));
  return ordered.flatMap((check) => checkLine(check, columns, only));
}

function gradedLines({ report, hintsPrice, solutionSeen }: GradedView, columns: number): Line[] {
  const lines = checkLines(report.checks, columns);
  if (hintsPrice > 0)
    lines.push([
      { text: ' – ', style: 'attention' },
      { text: `${String(-hintsPrice).padEnd(6)} ${say('report.for-hints')}` },
    ]);
  if (solutionSeen)
    lines.push([], ...wrapLine([{ text: ' ' }, { text: say('report.solution-seen'), style: 'attention' }], columns, 1));
  return lines;
}

function checkLine(check: CheckResult, columns: number, only: 'found' | undefined): Line[] {
  const guard = say('report.guard');
  const worth = check.guard
    ? padText(guard, Math.max(8, textWidth(guard) + 1))
    : `${check.earned}/${check.points}`.padEnd(5);
  const style = check.passed ? 'passed' : check.undecided ? 'attention' : 'failed';
  const head: Span[] = [
    { text: check.passed ? ' ✓ ' : check.undecided ? ' ? ' : ' ✗ ', style },
    { text: worth },
    ...(check.guard ? [] : [{ text: String(check.serves ?? '').padEnd(3) }]),
  ];
  const lines = hanging(head, check.says, columns);
  if (check.withheld !== undefined)
    return [...lines, ...detail(say('report.needs'), check.withheld.join('\n'), columns)];
  if (check.passed) return lines;
  if (only && !check.undecided) return [...lines, ...detail(say('report.found'), check.found, columns)];
  return [
    ...lines,
    ...(check.undecided
      ? detail(say('report.undecided'), check.found, columns)
      : [
          ...detail(say('report.expected'), check.expected, columns),
          ...detail(say('report.found'), check.found, columns),
        ]),
    ...(check.because ? detail(say('report.because'), check.because, columns) : []),
  ];
}

function detail(name: string, text: string, columns: number): Line[] {
  const indent = columns >= 60 ? INDENT : 4;
  return hanging(
    [{ text: `${' '.repeat(indent)}${padText(name, Math.max(11, textWidth(name) + 1))}`, style: 'dim' }],
    text === '' ? '–' : text,
    columns,
  );
}

/** A text behind a head, its further rows set in as far. */
function hanging(head: Line, text: string, columns: number): Line[] {
  const indent = lineWidth(head);
  const narrow = columns - indent < 16;
  const [first = [], ...rest] = text
    .split('\n')
    .flatMap((line) => wrapLine([{ text: line }], narrow ? columns - 2 : columns - indent - 1));
  const pad = ' '.repeat(narrow ? 2 : indent);
  return [
    [...head, ...(narrow ? [] : first)],
    ...(narrow ? [first, ...rest] : rest).map((line): Line => [{ text: pad }, ...line]),
  ];
}
