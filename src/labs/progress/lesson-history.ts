import type { LessonFacts } from './history-facts.js';
import type { Progress } from './model.js';

/** How far a person is in a lesson that was begun. */
export interface LessonProgress {
  /** What it is called by a person: `cka/first-pods`. */
  readonly name: string;
  /** Undefined, as its steps, for a lesson that is not there any more. */
  readonly title: string | undefined;
  readonly steps: number | undefined;
  /** Steps done the last time. */
  readonly done: number;
  /** When it was first done to its end: milliseconds since the epoch. */
  readonly finished: number | undefined;
  /** When something was last done. */
  readonly last: number;
}

/** The lessons of a certification. */
export interface LessonHistory {
  readonly certification: string;
  /** Done to the end. */
  readonly done: number;
  /** How many there are. */
  readonly all: number;
  /** Those begun; what was done last comes first. */
  readonly begun: readonly LessonProgress[];
}

/** What was done in lessons: of each certification that there are lessons for, or of which one was begun. */
export function lessonHistories(
  { lessons }: Pick<Progress, 'lessons'>,
  there: readonly LessonFacts[],
): LessonHistory[] {
  const facts = new Map(there.map((lesson) => [lesson.name, lesson]));
  const begun = Object.entries(lessons)
    .flatMap(([name, record]) => {
      const [last, finished] = [Date.parse(record.last), Date.parse(record.finished ?? '')];
      if (!Number.isFinite(last)) return [];
      const { title, steps } = facts.get(name) ?? { title: undefined, steps: undefined };
      const known = Number.isFinite(finished) ? finished : undefined;
      return [{ name, title, steps, done: record.done.length, finished: known, last }];
    })
    .sort((one, other) => other.last - one.last || (one.name < other.name ? -1 : 1));
  const certificationOf = (name: string): string => name.replace(/^[^/]*:/, '').split('/')[0] ?? '';
  const certifications = [
    ...there.map((lesson) => lesson.certification),
    ...begun.map(({ name }) => certificationOf(name)),
  ];
  return [...new Set(certifications)].map((certification) => {
    const its = begun.filter(({ name }) => certificationOf(name) === certification);
    const names = there.filter((lesson) => lesson.certification === certification).map(({ name }) => name);
    return {
      certification,
      done: its.filter(({ finished }) => finished !== undefined).length,
      all: new Set([...names, ...its.map(({ name }) => name)]).size,
      begun: its,
    };
  });
}
