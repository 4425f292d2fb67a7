import { dayOf } from '../../labs/progress/calendar.js';
import type { ExamRecord } from '../../labs/progress/exam-record.js';
import type { CertificationHistory, DomainHistory, History } from '../../labs/progress/history.js';
import type { LabHistory, Points } from '../../labs/progress/lab-history.js';
import type { NextStep } from '../../labs/progress/next-steps.js';
import { bar } from '../charts/bar.js';
import { scoreChart } from '../charts/score-chart.js';
import { weekCalendar } from '../charts/week-calendar.js';
import { type Line, padText, type Span, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import {
  MASTERY_SAYS,
  percentText,
  practiceText,
  stepCommand,
  stepReason,
  stepTitle,
  timeText,
  trendText,
} from './progress-words.js';
import { ageText, clockText, counted } from './words.js';

/** Below this width a lab goes by its id alone. */
const COLUMNS_WITH_TITLE = 120;
/** Below this one how often labs were tried is left out. */
const COLUMNS_WITH_ATTEMPTS = 90;
/** Below this one times are. */
const COLUMNS_WITH_TIME = 72;
const BARS = [
  { from: 140, columns: 30 },
  { from: 90, columns: 15 },
  { from: 0, columns: 8 },
] as const;

/** A title of a part of the screen. */
export function sectionTitle(text: string): Line {
  return [{ text: ` ${text}`, style: 'heading' }];
}

/** What to do next: numbered, each with its reason. */
export function nextLines(next: readonly NextStep[], columns: number): Line[] {
  return next.flatMap((step, index) => [
    spread(
      [
        { text: ` ${index + 1}  `, style: 'bold' },
        { text: stepTitle(step), style: 'bold' },
      ],
      columns < COLUMNS_WITH_TIME ? [] : [{ text: `${stepCommand(step)} `, style: 'code' }],
      columns,
    ),
    ...wrapLine([{ text: '    ' }, { text: stepReason(step) }], columns - 1, 4),
  ]);
}

/** How much of each domain is mastered, as bars; the weakest has a sign and a word. */
export function domainLines(certifications: readonly CertificationHistory[], columns: number): Line[] {
  const lines = certifications.flatMap(({ certification, mastery, domains, weakest }, index): Line[] => [
    ...(index > 0 ? [[]] : []),
    spread(
      [{ text: ` ${certification.toUpperCase()}`, style: 'heading' }],
      [{ text: `${percentText(mastery)} mastered `, style: 'bold' }],
      columns,
    ),
    ...domains.map((domain) => domainLine(domain, domain.name === weakest, columns)),
  ]);
  const marked = certifications.some(({ weakest }) => weakest !== undefined);
  return [
    ...lines,
    [],
    ...(marked ? said(' ! ', 'where most of the exam is not mastered yet', columns) : []),
    ...said(' ', MASTERY_SAYS, columns),
  ];
}

function domainLine({ name, weight, mastery, types }: DomainHistory, weakest: boolean, columns: number): Line {
  const width = BARS.find(({ from }) => columns >= from)?.columns ?? 0;
  const done = types.filter((type) => type.inTime).length;
  const count = `${done} of ${types.length}${columns < COLUMNS_WITH_TIME ? '' : ` ${types.length === 1 ? 'type ' : 'types'}`}`;
  const share: Span = { text: weight === undefined ? '' : `${weight} %  `, style: 'dim' };
  return spread(
    [
      { text: weakest ? ' ! ' : '   ', style: 'attention' },
      { text: name, style: weakest ? 'bold' : 'plain' },
    ],
    [
      ...(columns < COLUMNS_WITH_TIME ? [] : [share]),
      ...bar(mastery, width),
      { text: percentText(mastery).padStart(7) },
      { text: count.padStart(columns < COLUMNS_WITH_TIME ? 9 : 16), style: 'dim' },
      { text: ' ' },
    ],
    columns,
  );
}

function said(sign: string, text: string, columns: number): Line[] {
  const marked: Line = [
    { text: sign, style: 'attention' },
    { text, style: 'dim' },
  ];
  return wrapLine(marked, columns - 1, sign.length);
}

/** Scores over time, with what they come to in a sentence. */
export function scoreLines({ days }: History, columns: number, rows: number): Line[] {
  const chart = scoreChart(days, columns, rows);
  return chart.length === 0 ? [] : [...chart, ...sentence(trendText(days), columns)];
}

/** Days practised, with what they come to in a sentence. */
export function dayLines(history: History, columns: number): Line[] {
  if (history.days.length === 0) return [];
  return [...weekCalendar(history.days, dayOf(history.now), columns), ...sentence(practiceText(history), columns)];
}

function sentence(text: string, columns: number): Line[] {
  return wrapLine([{ text: ' ' }, { text }], columns - 1, 1);
}

/** Exams that are over, the latest first. */
export function examLines(exams: readonly ExamRecord[], now: number, columns: number): Line[] {
  return exams.map(({ title, seed, percent, passed, passPercent, seconds, minutes, graded }) =>
    spread(
      [
        { text: passed ? ' ✓ ' : ' ✗ ', style: passed ? 'passed' : 'failed' },
        { text: title },
        { text: `  seed ${seed}`, style: 'dim' },
      ],
      [
        { text: `${percent} %`.padStart(5) },
        { text: columns < COLUMNS_WITH_TIME ? '' : `, ${passPercent} passes`, style: 'dim' },
        {
          text: columns < COLUMNS_WITH_TIME ? '' : `  ${clockText(seconds)} of ${clockText(minutes * 60)}`.padStart(20),
        },
        { text: `${ageText(graded, now).padStart(15)} `, style: 'dim' },
      ],
      columns,
    ),
  );
}

/** Labs that were tried, the one tried last first: the latest and the best score, and time against minutes. */
export function triedLines(labs: readonly LabHistory[], now: number, columns: number): Line[] {
  const width = Math.min(34, Math.max(0, ...labs.map(({ lab }) => lab.length)));
  return labs.map(({ lab, facts, attempts, best, latest, seconds, full, inTime, at }) => {
    const slow = full && !inTime;
    const time = timeText(seconds, facts?.minutes);
    return spread(
      [
        { text: inTime ? ' ✓ ' : '   ', style: 'passed' },
        { text: columns < COLUMNS_WITH_TITLE ? lab : `${padText(lab, width)}  ` },
        { text: columns < COLUMNS_WITH_TITLE ? '' : (facts?.title ?? 'not there any more'), style: 'dim' },
      ],
      [
        { text: pointsText(latest).padStart(7) },
        { text: `  best ${pointsText(best)}`.padEnd(13), style: 'dim' },
        { text: columns < COLUMNS_WITH_TIME ? '' : time.padStart(16), style: slow ? 'attention' : 'plain' },
        { text: columns < COLUMNS_WITH_ATTEMPTS ? '' : counted(attempts, 'attempt').padStart(13), style: 'dim' },
        { text: `${ageText(new Date(at).toISOString(), now).padStart(14)} `, style: 'dim' },
      ],
      columns,
    );
  });
}

/** Task types that were tried, the least mastered first: the latest and the best score at any of their labs. */
export function typeLines(certifications: readonly CertificationHistory[], columns: number): Line[] {
  const types = certifications.flatMap(({ domains }) => domains.flatMap((domain) => domain.types));
  const tried = types.filter(({ attempts }) => attempts > 0).sort((one, other) => one.mastery - other.mastery);
  const own = (id: string): boolean => id.includes('/');
  return tried.map(({ id, does, latest, best, attempts, mastery, inTime }) =>
    spread(
      [
        { text: inTime ? ' ✓ ' : '   ', style: 'passed' },
        { text: own(id) ? '' : id.padEnd(6), style: 'dim' },
        { text: does },
      ],
      [
        { text: pointsText(latest).padStart(7) },
        { text: columns < COLUMNS_WITH_TIME ? '' : `  best ${pointsText(best)}`.padEnd(13), style: 'dim' },
        { text: columns < COLUMNS_WITH_ATTEMPTS ? '' : counted(attempts, 'attempt').padStart(13), style: 'dim' },
        { text: `${percentText(mastery).padStart(7)} ` },
      ],
      columns,
    ),
  );
}

function pointsText(points: Points | undefined): string {
  return points === undefined ? '–' : `${points.points}/${points.total}`;
}
