import { dayOf } from './calendar.js';
import type { ExamRecord } from './exam-record.js';
import { type GradedAttempt, gradedAttempts } from './graded-attempt.js';
import type { DomainFacts, HistoryFacts } from './history-facts.js';
import { type LabHistory, labHistories } from './lab-history.js';
import { type LessonHistory, lessonHistories } from './lesson-history.js';
import { mean } from './mastery.js';
import type { Progress } from './model.js';
import { type NextStep, nextSteps } from './next-steps.js';
import { daysInARow, type PracticeDay, practiceDays } from './practice-days.js';
import { type TypeHistory, typeHistories } from './type-history.js';

/** What was done in a domain of an exam. */
export interface DomainHistory {
  readonly name: string;
  /** Per cent of the exam, where it is one of its domains. */
  readonly weight: number | undefined;
  /** The mean of its types' mastery, 0 to 1. */
  readonly mastery: number;
  /** The task types that there are labs for. */
  readonly types: readonly TypeHistory[];
  readonly labs: number;
  readonly labsTried: number;
  /** Share of the points of the latest attempts at its labs, 0 to 1; undefined when none was tried. */
  readonly share: number | undefined;
}

/** What was done for one certification. */
export interface CertificationHistory {
  readonly certification: string;
  /** Something of it was graded. */
  readonly tried: boolean;
  /** The domains' mastery by their weights, 0 to 1; domains without labs are left out. */
  readonly mastery: number;
  /** Those that have labs, in the curriculum's order. */
  readonly domains: readonly DomainHistory[];
  /** The domain in which most of the exam is not mastered; undefined as long as nothing was tried, and when all is. */
  readonly weakest: string | undefined;
}

/** Everything that is told of a person's practice. */
export interface History {
  /** Instants are milliseconds since the epoch; this is when it was worked out. */
  readonly now: number;
  /** Of the attempts and exams graded, the first first. */
  readonly graded: readonly GradedAttempt[];
  /** The lab that was tried last comes first. */
  readonly labs: readonly LabHistory[];
  readonly certifications: readonly CertificationHistory[];
  /** The latest first. */
  readonly exams: readonly ExamRecord[];
  /** One for each certification that there are lessons for. */
  readonly lessons: readonly LessonHistory[];
  readonly days: readonly PracticeDay[];
  readonly daysInARow: number;
  /** What to do now; the most useful first. */
  readonly next: readonly NextStep[];
}

/** Works out what was reached, how well it is still mastered, and what to do next. */
export function historyOf(progress: Progress, facts: HistoryFacts, now: number): History {
  const graded = gradedAttempts(progress);
  const labs = labHistories(graded, facts.labs);
  const exams = [...progress.exams]
    .filter((exam) => Number.isFinite(Date.parse(exam.graded)))
    .sort((one, other) => Date.parse(other.graded) - Date.parse(one.graded));
  const certifications = certificationHistories(labs, exams, facts, now);
  const days = practiceDays(progress, graded);
  return {
    now,
    graded,
    labs,
    certifications,
    exams,
    lessons: lessonHistories(progress, facts.lessons?.() ?? []),
    days,
    daysInARow: daysInARow(days, dayOf(now)),
    next: nextSteps({ labs, certifications, exams, cards: progress.cards, facts, now }),
  };
}

function certificationHistories(
  labs: readonly LabHistory[],
  exams: readonly ExamRecord[],
  facts: HistoryFacts,
  now: number,
): CertificationHistory[] {
  const types = typeHistories(labs, facts, now);
  return [...new Set(facts.domains.map(({ certification }) => certification))].flatMap((certification) => {
    const domains = facts.domains
      .filter((domain) => domain.certification === certification)
      .map((domain) => domainHistory(domain, types, labs, facts));
    const drilled = domains.filter((domain) => domain.types.length > 0);
    if (drilled.length === 0) return [];
    const tried =
      labs.some((lab) => lab.facts?.certification === certification) ||
      exams.some((exam) => exam.certification === certification);
    return [
      {
        certification,
        tried,
        mastery: weighed(drilled),
        domains: drilled,
        weakest: tried ? weakest(drilled) : undefined,
      },
    ];
  });
}

function domainHistory(
  { certification, name, weight }: DomainFacts,
  types: readonly TypeHistory[],
  tried: readonly LabHistory[],
  facts: HistoryFacts,
): DomainHistory {
  const inside = (one: { readonly certification: string; readonly domain: string }): boolean =>
    one.certification === certification && one.domain === name;
  const its = types.filter(inside);
  const labsTried = tried.filter((lab) => lab.facts !== undefined && inside(lab.facts));
  return {
    name,
    weight,
    mastery: mean(its.map((type) => type.mastery)),
    types: its,
    labs: facts.labs.filter(inside).length,
    labsTried: labsTried.length,
    share: labsTried.length === 0 ? undefined : mean(labsTried.map(({ graded }) => graded.at(-1)?.share ?? 0)),
  };
}

/** Domains that are none of the exam's do not count, unless there are no others. */
function weighed(domains: readonly DomainHistory[]): number {
  const total = domains.reduce((sum, { weight = 0 }) => sum + weight, 0);
  if (total === 0) return mean(domains.map(({ mastery }) => mastery));
  return domains.reduce((sum, { weight = 0, mastery }) => sum + weight * mastery, 0) / total;
}

function weakest(domains: readonly DomainHistory[]): string | undefined {
  const lacking = (domain: DomainHistory): number => (domain.weight ?? 0) * (1 - domain.mastery);
  const most = domains.reduce((one, other) => (lacking(other) > lacking(one) ? other : one));
  return lacking(most) > 0 ? most.name : undefined;
}

/** How much is mastered, 0 to 1: of one certification, or the mean of all that have labs. */
export function masteredShare({ certifications }: Pick<History, 'certifications'>, certification?: string): number {
  const some = certifications.filter((one) => one.certification === certification);
  return mean((some.length > 0 ? some : certifications).map(({ mastery }) => mastery));
}
