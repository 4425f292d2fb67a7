import type { ExamRecord } from './exam-record.js';
import type { CertificationHistory, DomainHistory } from './history.js';
import type { HistoryFacts, LabFacts } from './history-facts.js';
import type { LabHistory, Points } from './lab-history.js';
import { ageInDays, DAYS_DUE } from './mastery.js';
import type { Progress } from './model.js';
import type { TypeHistory } from './type-history.js';

/** So many are suggested at most. */
const STEPS_MAX = 3;
/** From this mastery on an exam tells more than another lab. */
const MASTERY_FOR_AN_EXAM = 0.6;
/** Days between two exams, so that there is something to learn from one before the next. */
const DAYS_BETWEEN_EXAMS = 7;

/** What to do next, and why. */
export type NextStep =
  /** Nothing was graded yet: a lab to begin with. */
  | { readonly kind: 'first'; readonly lab: string; readonly title: string }
  /** Enough is mastered; `last` is the per cent of the last exam. */
  | {
      readonly kind: 'exam';
      readonly certification: string;
      readonly mastery: number;
      readonly last: number | undefined;
    }
  /** The last attempt lacks points, or took longer than the lab's minutes. */
  | {
      readonly kind: 'again';
      readonly lab: string;
      readonly title: string;
      readonly latest: Points;
      readonly full: boolean;
      readonly seconds: number | undefined;
      readonly minutes: number;
    }
  /** A lab of the domain in which most of the exam is not mastered. */
  | {
      readonly kind: 'weakest';
      readonly lab: string;
      readonly title: string;
      readonly certification: string;
      readonly domain: string;
      readonly weight: number | undefined;
      readonly mastery: number;
      readonly tried: boolean;
    }
  /** So many cards of the certification are to be reviewed. */
  | { readonly kind: 'cards'; readonly certification: string; readonly count: number }
  /** It was done well so many days ago. */
  | { readonly kind: 'due'; readonly lab: string; readonly title: string; readonly days: number };

/** What suggestions are made of. */
export interface NextStepsParts {
  /** The lab that was tried last comes first. */
  readonly labs: readonly LabHistory[];
  readonly certifications: readonly CertificationHistory[];
  /** The latest first. */
  readonly exams: readonly ExamRecord[];
  readonly cards: Progress['cards'];
  readonly facts: HistoryFacts;
  readonly now: number;
}

/**
 * One to three things to do next for the certification that was practised last: an exam when enough is mastered, a lab
 * whose last attempt was not right, one of the weakest domain, cards and a lab that are due again. None where there are no labs.
 */
export function nextSteps(parts: NextStepsParts): NextStep[] {
  const focus = focusOf(parts);
  if (!focus) return [];
  if (!focus.tried) return first(focus, parts);
  const steps: NextStep[] = [];
  const taken = (lab: string): boolean => steps.some((step) => 'lab' in step && step.lab === lab);
  for (const choose of [exam, again, weakest, cards, due]) {
    const step = choose(focus, parts, taken);
    if (step) steps.push(step);
  }
  return steps.slice(0, STEPS_MAX);
}

type Choose = (
  focus: CertificationHistory,
  parts: NextStepsParts,
  taken: (lab: string) => boolean,
) => NextStep | undefined;

function focusOf({ labs, certifications, exams }: NextStepsParts): CertificationHistory | undefined {
  const lab = labs.find(({ facts }) => facts !== undefined);
  const [sat] = exams;
  const satLast = sat !== undefined && (lab === undefined || Date.parse(sat.graded) > lab.at);
  const name = satLast ? sat.certification : lab?.facts?.certification;
  return certifications.find(({ certification }) => certification === name) ?? certifications[0];
}

function first({ certification }: CertificationHistory, { facts }: NextStepsParts): NextStep[] {
  const easiest = easiestOf(facts.labs.filter((lab) => lab.certification === certification));
  return easiest ? [{ kind: 'first', lab: easiest.id, title: easiest.title }] : [];
}

const exam: Choose = ({ certification, mastery }, { exams, now }) => {
  const last = exams.find((one) => one.certification === certification);
  if (mastery < MASTERY_FOR_AN_EXAM) return undefined;
  if (last && ageInDays(Date.parse(last.graded), now) < DAYS_BETWEEN_EXAMS) return undefined;
  return { kind: 'exam', certification, mastery, last: last?.percent };
};

/** What lacks points comes before what was only slow. */
const again: Choose = ({ certification }, { labs }) => {
  const wrong = labs.filter((lab) => lab.facts?.certification === certification && !lab.inTime);
  const lab = wrong.find(({ full }) => !full) ?? wrong[0];
  if (!lab?.facts) return undefined;
  const { title, minutes } = lab.facts;
  return { kind: 'again', lab: lab.lab, title, latest: lab.latest, full: lab.full, seconds: lab.seconds, minutes };
};

/** Of the weakest domain that still has one: a lab never tried, the easiest first, else one of a type not mastered. */
const weakest: Choose = ({ certification, domains }, { labs, facts }, taken) => {
  const lacking = ({ weight = 0, mastery }: DomainHistory): number => weight * (1 - mastery);
  for (const domain of [...domains].sort((one, other) => lacking(other) - lacking(one))) {
    const open = domain.types.filter((type) => !type.inTime).flatMap((type) => type.labs);
    const choice = facts.labs.filter(({ id }) => open.includes(id) && !taken(id));
    const tried = (lab: LabFacts): boolean => labs.some((one) => one.lab === lab.id);
    const lab = easiestOf(choice.filter((one) => !tried(one))) ?? easiestOf(choice);
    if (!lab) continue;
    const { name, weight, mastery } = domain;
    return {
      kind: 'weakest',
      lab: lab.id,
      title: lab.title,
      certification,
      domain: name,
      weight,
      mastery,
      tried: tried(lab),
    };
  }
  return undefined;
};

/** Those that `kubedrill review` of the certification would ask: one whose deck is gone is remembered, and never due. */
const cards: Choose = ({ certification }, { cards: remembered, facts, now }) => {
  const due = Object.entries(remembered).filter(
    ([id, card]) => Date.parse(card.due) <= now && certificationOf(id) === certification,
  );
  const there = due.length === 0 ? undefined : facts.cards?.();
  const count = due.filter(([id]) => there === undefined || there.has(id)).length;
  return count > 0 ? { kind: 'cards', certification, count } : undefined;
};

/** That of a card: `cka` of `cka/workloads/undo-a-rollout`, also where it is somebody's own (`mine:cka/…`). */
function certificationOf(card: string): string | undefined {
  return card.replace(/^[^/]*:/, '').split('/')[0];
}

/** What was done in time longest ago. */
const due: Choose = ({ domains }, { facts, now }, taken) => {
  const last = ({ last: at }: TypeHistory): number => at?.at ?? 0;
  const old = domains
    .flatMap(({ types }) => types)
    .filter((type) => type.inTime && ageInDays(last(type), now) >= DAYS_DUE && !taken(type.last?.lab ?? ''))
    .sort((one, other) => last(one) - last(other))[0];
  const lab = facts.labs.find(({ id }) => id === old?.last?.lab);
  return old && lab && { kind: 'due', lab: lab.id, title: lab.title, days: ageInDays(last(old), now) };
};

function easiestOf(labs: readonly LabFacts[]): LabFacts | undefined {
  return labs.reduce<LabFacts | undefined>(
    (one, other) => (one === undefined || other.difficulty < one.difficulty ? other : one),
    undefined,
  );
}
