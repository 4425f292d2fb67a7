import type { ExamRecord } from '../../../labs/progress/exam-record.js';
import type { CertificationHistory, DomainHistory, History } from '../../../labs/progress/history.js';
import type { LabHistory, Points } from '../../../labs/progress/lab-history.js';
import type { LessonHistory, LessonProgress } from '../../../labs/progress/lesson-history.js';
import type { TypeHistory } from '../../../labs/progress/type-history.js';
import { percentText, timeText } from '../../../ui/screens/progress-words.js';
import { ageText } from '../../../ui/screens/words.js';
import { type Html, html } from './html.js';

/** A column: its title, what stands in a row, and what kind of cell that is. */
interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Html | string | number;
  readonly kind?: 'lead' | 'number' | 'meter';
}

/** A table; on a phone each row is a card, in which columns are named. */
function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  return html`<table aria-label="${caption}"><thead><tr>${columns.map(({ title, kind }) => html`<th scope="col" class="${kind ?? ''}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (
    row,
  ) => html`<tr>${columns.map(({ title, cell, kind }) => html`<td class="${kind ?? ''}" data-label="${title}">${cell(row)}</td>`)}</tr>
`,
)}</tbody></table>`;
}

/** A bar of a share from 0 to 1, as wide as its cell, and the share as a number. */
function meter(share: number, says = percentText(share)): Html {
  const width = Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10;
  return html`<span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="fill" width="${width}" height="10"/></svg><b>${says}</b></span>`;
}

/** The domains of a certification with how much of each is mastered. */
export function domainTable({ certification, domains, weakest }: CertificationHistory): Html {
  const name = (domain: DomainHistory): Html =>
    domain.name === weakest ? html`${domain.name} <span class="attention">weakest</span>` : html`${domain.name}`;
  const domainRows = table<DomainHistory>(
    `Domains of ${certification.toUpperCase()}`,
    [
      { title: 'Domain', kind: 'lead', cell: name },
      { title: 'Mastered', kind: 'meter', cell: ({ mastery }) => meter(mastery) },
      { title: 'Of the exam', kind: 'number', cell: ({ weight }) => (weight === undefined ? '–' : `${weight} %`) },
      {
        title: 'Task types',
        kind: 'number',
        cell: ({ types }) => `${types.filter((type) => type.inTime).length} of ${types.length}`,
      },
      { title: 'Labs tried', kind: 'number', cell: ({ labs, labsTried }) => `${labsTried} of ${labs}` },
      { title: 'Latest scores', kind: 'number', cell: ({ share }) => (share === undefined ? '–' : percentText(share)) },
    ],
    domains,
  );
  if (weakest === undefined) return domainRows;
  return html`${domainRows}
<p class="about">“Weakest” is where most of the exam is not mastered yet: by what a domain weighs, and what is missing in it.</p>`;
}

/** Task types that were tried. */
export function typeTable(types: readonly TypeHistory[], now: number): Html {
  return table<TypeHistory>(
    'Task types',
    [
      { title: 'Task type', kind: 'lead', cell: ({ id, does }) => html`${does}<span class="id">${id}</span>` },
      { title: 'Latest', kind: 'number', cell: ({ latest }) => pointsText(latest) },
      { title: 'Best', kind: 'number', cell: ({ best }) => pointsText(best) },
      { title: 'Attempts', kind: 'number', cell: ({ attempts }) => attempts },
      { title: 'Mastered', kind: 'number', cell: ({ mastery }) => percentText(mastery) },
      { title: 'Last', kind: 'number', cell: ({ last }) => agoText(last?.at, now) },
    ],
    types,
  );
}

/** Lessons that were begun. */
export function lessonTable(lessons: readonly LessonHistory[], now: number): Html {
  const steps = ({ done, steps: all }: LessonProgress): string => (all === undefined ? `${done}` : `${done} of ${all}`);
  return table<LessonProgress>(
    'Lessons',
    [
      {
        title: 'Lesson',
        kind: 'lead',
        cell: ({ title, name }) => html`${title ?? name}<span class="id">${name}</span>`,
      },
      { title: 'Steps', kind: 'number', cell: steps },
      { title: 'Done', kind: 'number', cell: ({ finished }) => agoText(finished, now) },
      { title: 'Last', kind: 'number', cell: ({ last }) => agoText(last, now) },
    ],
    lessons.flatMap(({ begun }) => begun),
  );
}

/** Labs that were tried. */
export function labTable(labs: readonly LabHistory[], now: number): Html {
  return table<LabHistory>(
    'Labs',
    [
      { title: 'Lab', kind: 'lead', cell: labName },
      { title: 'Latest', kind: 'number', cell: ({ latest }) => pointsText(latest) },
      { title: 'Best', kind: 'number', cell: ({ best }) => pointsText(best) },
      { title: 'Time', kind: 'number', cell: timeCell },
      { title: 'Attempts', kind: 'number', cell: ({ attempts }) => attempts },
      { title: 'Last', kind: 'number', cell: ({ at }) => agoText(at, now) },
    ],
    labs,
  );
}

function labName({ lab, facts, inTime, graded }: LabHistory): Html {
  const cluster = graded.at(-1)?.attempt.cluster;
  const sign = inTime ? html` <span class="passed">✓ in time</span>` : html``;
  return html`${facts?.title ?? 'A lab that is not there any more'}${sign}<span class="id">${cluster === undefined ? lab : `${lab}, ${cluster}`}</span>`;
}

function timeCell({ seconds, facts, full, inTime }: LabHistory): Html {
  const text = timeText(seconds, facts?.minutes);
  return full && !inTime ? html`<span class="attention">${text}</span>` : html`${text}`;
}

/** Exams, the latest first. */
export function examTable(exams: readonly ExamRecord[], { now }: Pick<History, 'now'>): Html {
  return table<ExamRecord>(
    'Exams',
    [
      {
        title: 'Exam',
        kind: 'lead',
        cell: ({ title, blueprint, seed, cluster }) =>
          html`${title ?? blueprint}<span class="id">${[blueprint, `seed ${seed}`, ...(cluster === undefined ? [] : [cluster])].join(', ')}</span>`,
      },
      { title: 'Score', kind: 'number', cell: ({ percent }) => `${percent} %` },
      { title: 'Result', kind: 'number', cell: resultCell },
      { title: 'Time', kind: 'number', cell: ({ seconds, minutes }) => timeText(seconds, minutes) },
      { title: 'When', kind: 'number', cell: ({ graded }) => agoText(Date.parse(graded), now) },
    ],
    exams,
  );
}

function resultCell({ passed, passPercent }: ExamRecord): Html {
  const word = passed ? html`<span class="passed">✓ passed</span>` : html`<span class="failed">✗ failed</span>`;
  return html`${word}, ${passPercent} % passes`;
}

/** The tasks of an exam. */
export function taskTable(exam: ExamRecord, titles: ReadonlyMap<string, string>): Html {
  type Task = ExamRecord['tasks'][number];
  const taskName = ({ number, lab, domain }: Task): Html =>
    html`${number}. ${titles.get(lab) ?? lab}<span class="id">${domain === undefined ? lab : `${lab} · ${domain}`}</span>`;
  return table<Task>(
    `Tasks of ${exam.title ?? exam.blueprint}`,
    [
      {
        title: 'Task',
        kind: 'lead',
        cell: taskName,
      },
      { title: 'Weight', kind: 'number', cell: ({ weight }) => `${weight} %` },
      { title: 'Points', kind: 'number', cell: (task) => (task.opened === false ? 'not opened' : pointsText(task)) },
      {
        title: 'Time',
        kind: 'number',
        cell: ({ seconds, minutes, opened }) => (opened === false ? '–' : timeText(seconds, minutes)),
      },
    ],
    exam.tasks,
  );
}

/** What an exam came to by domain. */
export function examDomainTable(exam: ExamRecord): Html {
  type Domain = ExamRecord['domains'][number];
  return table<Domain>(
    `Domains of ${exam.title ?? exam.blueprint}`,
    [
      { title: 'Domain', kind: 'lead', cell: ({ name }) => name },
      {
        title: 'Earned',
        kind: 'meter',
        cell: ({ percent }) => (percent === undefined ? 'no task' : meter(percent / 100, `${percent} %`)),
      },
      { title: 'Of the exam', kind: 'number', cell: ({ weight }) => (weight === undefined ? '–' : `${weight} %`) },
    ],
    exam.domains,
  );
}

function pointsText(points: Points | undefined): string {
  return points === undefined ? '–' : `${points.points}/${points.total}`;
}

function agoText(at: number | undefined, now: number): string {
  return at === undefined ? '–' : ageText(new Date(at).toISOString(), now);
}
