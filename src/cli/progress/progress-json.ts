import { dayText } from '../../labs/progress/calendar.js';
import type { ExamRecord } from '../../labs/progress/exam-record.js';
import type { CertificationHistory, History } from '../../labs/progress/history.js';
import type { LabHistory } from '../../labs/progress/lab-history.js';
import type { LessonHistory } from '../../labs/progress/lesson-history.js';
import type { TypeHistory } from '../../labs/progress/type-history.js';
import { stepCommand, stepReason, stepTitle } from '../../ui/screens/progress-words.js';

/** The version of the shape below: fields may come to it, none goes or changes its meaning without another version. */
const SHAPE = 1;

/** What `kubedrill progress --json` prints: `docs/json.md` has every key. */
export function progressJson(home: string, history: History): string {
  const { now, labs, certifications, exams, lessons, days, daysInARow, next } = history;
  const shape = {
    version: SHAPE,
    home,
    generated: instant(now),
    labs: labs.map(labShape),
    certifications: certifications.map((one) => ({
      ...certificationShape(one),
      ...lessonCounts(lessons, one.certification),
    })),
    exams: exams.map(examShape),
    lessons: lessons.flatMap(({ certification, begun }) =>
      begun.map(({ name, title, steps, done, finished, last }) => ({
        lesson: name,
        title: title ?? null,
        certification,
        steps: steps ?? null,
        done,
        finished: finished === undefined ? null : instant(finished),
        last: instant(last),
      })),
    ),
    days: days.map(({ day, attempts, exams: sat, lessons: learnt, cards, seconds, share }) => ({
      date: dayText(day),
      attempts,
      exams: sat,
      lessons: learnt,
      cards,
      seconds,
      share: rounded(share),
    })),
    days_in_a_row: daysInARow,
    next: next.map((step) => ({
      kind: step.kind,
      title: stepTitle(step),
      command: stepCommand(step),
      reason: stepReason(step),
      lab: 'lab' in step ? step.lab : null,
    })),
  };
  return JSON.stringify(shape, undefined, 2);
}

function labShape({
  lab,
  facts,
  attempts,
  best,
  latest,
  passed,
  inTime,
  seconds,
  quickestSeconds,
  at,
  graded,
}: LabHistory): object {
  return {
    lab,
    title: facts?.title ?? null,
    certification: facts?.certification ?? null,
    domain: facts?.domain ?? null,
    types: facts?.types ?? [],
    minutes: facts?.minutes ?? null,
    attempts,
    best,
    latest,
    passed,
    in_time: inTime,
    seconds: seconds ?? null,
    quickest_seconds: quickestSeconds ?? null,
    last: instant(at),
    cluster: graded.at(-1)?.attempt.cluster ?? null,
  };
}

function certificationShape({ certification, tried, mastery, weakest, domains }: CertificationHistory): object {
  return {
    certification,
    tried,
    mastery: rounded(mastery),
    weakest: weakest ?? null,
    domains: domains.map(({ name, weight, mastery: its, share, labs, labsTried, types }) => ({
      name,
      weight: weight ?? null,
      mastery: rounded(its),
      share: rounded(share),
      labs,
      labs_tried: labsTried,
      types: types.map(typeShape),
    })),
  };
}

function lessonCounts(lessons: readonly LessonHistory[], certification: string): object {
  const its = lessons.find((one) => one.certification === certification);
  return { lessons: its?.all ?? 0, lessons_done: its?.done ?? 0 };
}

function typeShape({ id, does, labs, attempts, best, latest, inTime, mastery, last }: TypeHistory): object {
  return {
    id,
    does,
    labs,
    attempts,
    best: best ?? null,
    latest: latest ?? null,
    in_time: inTime,
    mastery: rounded(mastery),
    last: last === undefined ? null : instant(last.at),
  };
}

function examShape(exam: ExamRecord): object {
  const { id, blueprint, title, certification, seed, started, graded, minutes, seconds, ending, percent } = exam;
  return {
    ...{ id, blueprint, title: title ?? null, certification, seed, started, graded, minutes, seconds, ending, percent },
    pass_percent: exam.passPercent,
    passed: exam.passed,
    cluster: exam.cluster ?? null,
    domains: exam.domains.map(({ name, weight, percent: its }) => ({
      name,
      weight: weight ?? null,
      percent: its ?? null,
    })),
    tasks: exam.tasks.map((task) => ({
      number: task.number,
      lab: task.lab,
      domain: task.domain ?? null,
      weight: task.weight,
      points: task.points,
      total: task.total,
      minutes: task.minutes ?? null,
      seconds: task.seconds,
      opened: task.opened ?? null,
    })),
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** To a thousandth: what is beyond that is no knowledge. */
function rounded(share: number | undefined): number | null {
  return share === undefined ? null : Math.round(share * 1000) / 1000;
}
