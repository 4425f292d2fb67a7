import { createHash } from 'node:crypto';
import { dayOf, dayText } from '../../../labs/progress/calendar.js';
import type { ExamRecord } from '../../../labs/progress/exam-record.js';
import type { CertificationHistory, History } from '../../../labs/progress/history.js';
import type { HistoryFacts } from '../../../labs/progress/history-facts.js';
import type { NextStep } from '../../../labs/progress/next-steps.js';
import {
  masterySays,
  percentText,
  practiceText,
  spanText,
  stepCommand,
  stepReason,
  stepTitle,
  trendText,
} from '../../../ui/screens/progress-words.js';
import { counted } from '../../../ui/screens/words.js';
import { type Html, html } from './html.js';
import { STYLE } from './style.js';
import { calendarLegend, calendarSvg } from './svg-calendar.js';
import { scoresSvg } from './svg-scores.js';
import { domainTable, examDomainTable, examTable, labTable, lessonTable, taskTable, typeTable } from './tables.js';

/** By this a report of ours is known again. */
export const GENERATOR = '<meta name="generator" content="kubedrill progress">';

/** Widths of charts in their own units, which are pixels where they have room: on a desk, and on a phone. */
const WIDE = { scores: 920, weeks: 53 } as const;
const NARROW = { scores: 360, weeks: 21 } as const;

/** The latest of them are told task by task. */
const EXAMS_IN_FULL = 3;

/** The report as one HTML file that needs nothing else and asks nobody for anything. */
export function progressReport(history: History, facts: HistoryFacts): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${GENERATOR}
<link rel="icon" href="data:,">
<title>kubedrill progress</title>
<style>${STYLE}</style>
</head>
`;
  return `${head}<body>\n${body(history, facts).text}\n</body>\n</html>\n`;
}

function body(history: History, facts: HistoryFacts): Html {
  const { certifications, exams, labs, lessons, now, next } = history;
  const tried = certifications.filter((one) => one.tried);
  const types = tried.flatMap(({ domains }) =>
    domains.flatMap((domain) => domain.types.filter((type) => type.attempts > 0)),
  );
  const titles = new Map(facts.labs.map((lab) => [lab.id, lab.title]));
  return html`<header><h1>kubedrill progress</h1><p class="dim">As of ${dayText(dayOf(now))}</p>${tiles(history, tried)}</header>
<main>
${section('What to do next', next.length > 0, html`<ol class="next">${next.map(stepItem)}</ol>`)}
${tried.map((one) => section(`${one.certification.toUpperCase()}: ${percentText(one.mastery)} mastered`, true, domainTable(one)))}
${tried.length > 0 ? html`<p class="about">${masterySays()}</p>` : html``}
${charts(history)}
${section('Exams', exams.length > 0, html`${examTable(exams, history)}${exams.slice(0, EXAMS_IN_FULL).map((exam) => examInFull(exam, titles))}`)}
${section(
  'Lessons',
  lessons.some(({ begun }) => begun.length > 0),
  lessonTable(lessons, now),
)}
${section('Labs', labs.length > 0, labTable(labs, now))}
${section('Task types', types.length > 0, typeTable(types, now))}
${labs.length === 0 && exams.length === 0 ? html`<p>Nothing is graded yet.</p>` : html``}
</main>
<footer>Made by kubedrill on your own computer. This file holds all it shows and fetches nothing.</footer>`;
}

function section(title: string, shown: boolean, content: Html): Html {
  return shown ? html`<section><h2>${title}</h2>${content}</section>` : html``;
}

function tiles({ labs, exams, lessons, days }: History, tried: readonly CertificationHistory[]): Html {
  const tile = (value: string | number, says: string): Html => html`<li><b>${value}</b><span>${says}</span></li>`;
  const seconds = days.reduce((sum, day) => sum + day.seconds, 0);
  const passed = exams.filter((exam) => exam.passed).length;
  return html`<ul class="tiles">${[
    ...tried.map(({ certification, mastery }) =>
      tile(percentText(mastery), `of ${certification.toUpperCase()} mastered`),
    ),
    tile(labs.length, `${labs.length === 1 ? 'lab' : 'labs'} tried`),
    ...(exams.length > 0
      ? [tile(`${passed} of ${exams.length}`, `${exams.length === 1 ? 'exam' : 'exams'} passed`)]
      : []),
    ...learnt(lessons).map(([count, says]) => tile(count, says)),
    tile(days.length, `${days.length === 1 ? 'day' : 'days'} practised`),
    seconds < 3600 ? tile(spanText(seconds), 'in all') : tile(Math.round(seconds / 3600), 'hours in all'),
  ]}</ul>`;
}

/** How many lessons are done of each certification of which one was begun. */
function learnt(lessons: History['lessons']): [string, string][] {
  return lessons
    .filter(({ begun }) => begun.length > 0)
    .map(({ certification, done, all }) => [`${done} of ${all}`, `lessons of ${certification.toUpperCase()} done`]);
}

function stepItem(step: NextStep): Html {
  return html`<li><b>${stepTitle(step)}</b><br>${stepReason(step)}<br><code>${stepCommand(step)}</code></li>`;
}

function charts(history: History): Html {
  const { days, exams } = history;
  const scores = days.some(({ share }) => share !== undefined) || exams.length > 0;
  const key = exams.length > 0 ? html`<p class="legend">● mean score of a day’s attempts, ◇ an exam</p>` : html``;
  return html`${section(
    'Score over time',
    scores,
    html`<figure>${scoresSvg(history, WIDE.scores, 'wide')}${scoresSvg(history, NARROW.scores, 'narrow')}</figure>${key}<p>${trendText(days)}</p>`,
  )}
${section(
  'Days practised',
  days.length > 0,
  html`<figure>${calendarSvg(history, WIDE.weeks, 'wide')}${calendarSvg(history, NARROW.weeks, 'narrow')}</figure>${calendarLegend()}<p>${practiceText(history)}</p>`,
)}`;
}

function examInFull(exam: ExamRecord, titles: ReadonlyMap<string, string>): Html {
  const { title, blueprint, seed, graded, percent, tasks, domains } = exam;
  return html`<section><h3>${title ?? blueprint}, seed ${seed}: ${percent} % on ${dayText(dayOf(Date.parse(graded)))}, ${counted(tasks.length, 'task')}</h3>
${domains.length > 0 ? examDomainTable(exam) : html``}
${tasks.length > 0 ? taskTable(exam, titles) : html``}</section>`;
}
