import { dayOf } from '../../labs/progress/calendar.js';
import type { ExamRecord } from '../../labs/progress/exam-record.js';
import type { CertificationHistory, DomainHistory, History } from '../../labs/progress/history.js';
import type { LabHistory, Points } from '../../labs/progress/lab-history.js';
import type { LessonHistory, LessonProgress } from '../../labs/progress/lesson-history.js';
import type { NextStep } from '../../labs/progress/next-steps.js';
import { bar } from '../charts/bar.js';
import { scoreChart } from '../charts/score-chart.js';
import { weekCalendar } from '../charts/week-calendar.js';
import { type Line, padStartText, padText, type Span, spread, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { say } from '../words/words.js';
import { hostText } from './lab-header.js';
import {
  masterySays,
  percentText,
  practiceText,
  stepCommand,
  stepReason,
  stepTitle,
  timeText,
  trendText,
} from './progress-words.js';
import { ageText } from './words.js';

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
      [{ text: `${say('catalogue.mastered', { share: percentText(mastery) })} `, style: 'bold' }],
      columns,
    ),
    ...domains.map((domain) => domainLine(domain, domain.name === weakest, columns)),
  ]);
  const marked = certifications.some(({ weakest }) => weakest !== undefined);
  return [
    ...lines,
    [],
    ...(marked ? said(' ! ', say('progress.weakest'), columns) : []),
    ...said(' ', masterySays(), columns),
  ];
}

function domainLine({ name, weight, mastery, types }: DomainHistory, weakest: boolean, columns: number): Line {
  const width = BARS.find(({ from }) => columns >= from)?.columns ?? 0;
  const done = types.filter((type) => type.inTime).length;
  const count =
    columns < COLUMNS_WITH_TIME ? say('progress.domain', { done, all: types.length }) : typesText(done, types.length);
  const share: Span = {
    text: weight === undefined ? '' : `${say('number.percent', { number: weight })}  `,
    style: 'dim',
  };
  return spread(
    [
      { text: weakest ? ' ! ' : '   ', style: 'attention' },
      { text: name, style: weakest ? 'bold' : 'plain' },
    ],
    [
      ...(columns < COLUMNS_WITH_TIME ? [] : [share]),
      ...bar(mastery, width),
      { text: padStartText(percentText(mastery), 7) },
      { text: padStartText(count, columns < COLUMNS_WITH_TIME ? 9 : 16), style: 'dim' },
      { text: ' ' },
    ],
    columns,
  );
}

/** `3 of 8 types`. Behind the shorter word for one there are blanks, so that numbers stand below each other. */
function typesText(done: number, all: number): string {
  const text = say('progress.domain-types', { done, all });
  const several = textWidth(say('progress.domain-types', { done, all: 2 }));
  return all === 1 ? padText(text, Math.max(textWidth(text), several)) : text;
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
  return exams.map(({ title, seed, cluster, percent, passed, passPercent, seconds, minutes, graded }) =>
    spread(
      [
        { text: passed ? ' ✓ ' : ' ✗ ', style: passed ? 'passed' : 'failed' },
        { text: title },
        { text: `  ${say('lab.seed', { seed })}`, style: 'dim' },
        onCluster(cluster),
      ],
      [
        { text: padStartText(say('number.percent', { number: percent }), 5) },
        {
          text: columns < COLUMNS_WITH_TIME ? '' : `, ${say('progress.passes', { percent: passPercent })}`,
          style: 'dim',
        },
        {
          text: columns < COLUMNS_WITH_TIME ? '' : padStartText(`  ${timeText(seconds, minutes)}`, 20),
        },
        { text: `${padStartText(ageText(graded, now), 15)} `, style: 'dim' },
      ],
      columns,
    ),
  );
}

/** The real cluster that something was done on. */
function onCluster(cluster: string | undefined): Span {
  return { text: cluster === undefined ? '' : `  ${hostText(cluster)}`, style: 'dim' };
}

/** Labs that were tried, the one tried last first: the latest and the best score, and time against minutes. */
export function triedLines(labs: readonly LabHistory[], now: number, columns: number): Line[] {
  const width = Math.min(34, Math.max(0, ...labs.map(({ lab }) => lab.length)));
  return labs.map(({ lab, facts, attempts, best, latest, seconds, full, inTime, at, graded }) => {
    const slow = full && !inTime;
    const time = timeText(seconds, facts?.minutes);
    return spread(
      [
        { text: inTime ? ' ✓ ' : '   ', style: 'passed' },
        { text: columns < COLUMNS_WITH_TITLE ? lab : `${padText(lab, width)}  ` },
        { text: columns < COLUMNS_WITH_TITLE ? '' : (facts?.title ?? say('progress.lab-gone')), style: 'dim' },
        onCluster(graded.at(-1)?.attempt.cluster),
      ],
      [
        { text: pointsText(latest).padStart(7) },
        { text: bestText(best), style: 'dim' },
        { text: columns < COLUMNS_WITH_TIME ? '' : padStartText(time, 16), style: slow ? 'attention' : 'plain' },
        { text: columns < COLUMNS_WITH_ATTEMPTS ? '' : attemptsText(attempts), style: 'dim' },
        { text: `${padStartText(ageText(new Date(at).toISOString(), now), 14)} `, style: 'dim' },
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
        { text: columns < COLUMNS_WITH_TIME ? '' : bestText(best), style: 'dim' },
        { text: columns < COLUMNS_WITH_ATTEMPTS ? '' : attemptsText(attempts), style: 'dim' },
        { text: `${padStartText(percentText(mastery), 7)} ` },
      ],
      columns,
    ),
  );
}

function bestText(best: Points | undefined): string {
  const text = `  ${say('catalogue.best', { points: pointsText(best) })}`;
  return padText(text, Math.max(13, textWidth(text)));
}

function attemptsText(attempts: number): string {
  return padStartText(say('progress.attempts', { attempts }), 13);
}

function pointsText(points: Points | undefined): string {
  return points === undefined ? '–' : `${points.points}/${points.total}`;
}

/** How many lessons are done of each certification, and how far those are that were begun. */
export function lessonLines(lessons: readonly LessonHistory[], now: number, columns: number): Line[] {
  return lessons.flatMap(({ certification, done, all, begun }) => [
    [
      { text: ` ${certification.toUpperCase()}`, style: 'heading' as const },
      { text: `  ${say('progress.lessons-done', { done, all })}`, style: 'dim' as const },
    ],
    ...begun.map((lesson) => lessonLine(lesson, now, columns)),
  ]);
}

function lessonLine({ name, title, steps, done, finished, last }: LessonProgress, now: number, columns: number): Line {
  const partly = steps === undefined ? '' : say('progress.lesson-steps', { done, all: steps });
  return spread(
    [
      { text: finished === undefined ? '   ' : ' ✓ ', style: 'passed' },
      { text: title ?? name, ...(title === undefined ? { style: 'dim' as const } : {}) },
    ],
    [
      { text: finished === undefined ? partly : say('progress.lesson-done') },
      { text: `${padStartText(ageText(new Date(last).toISOString(), now), 15)} `, style: 'dim' },
    ],
    columns,
  );
}
