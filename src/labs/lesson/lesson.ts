import type { Check } from '../../checker/rubric.js';
import type { Certification, LabWorld } from '../format/lab.js';

/** A line of a step's rubric. It has no points: a step is done when all of its checks hold. */
export type LessonCheck = Omit<Check, 'points' | 'serves' | 'voids' | 'counts_with'> & Pick<Check, 'id' | 'says'>;

/** One step of a lesson: something to know, and mostly something to do. */
export interface LessonStep {
  readonly id: string;
  readonly title: string;
  /** What there is to know, as Markdown. */
  readonly text: string;
  /** What is to be done now, as Markdown; a step without it is only read. */
  readonly do?: string;
  /** All of them hold when it is done; none but guards did before. */
  readonly checks?: readonly LessonCheck[];
  /** Does it, typed line by line. */
  readonly solution?: string;
  /** What could be seen, as Markdown; told when it is done. */
  readonly shows?: string;
}

/** A lesson as its file says it. Field by field explained in the JSON Schema. */
export interface LessonFile {
  readonly apiVersion: 'kubedrill.dev/v1';
  readonly kind: 'Lesson';
  readonly metadata: { readonly name: string; readonly title: string };
  readonly spec: {
    readonly certification: Certification;
    readonly domain: string;
    readonly types?: readonly string[];
    readonly minutes: number;
    /** Where it stands among those of its exam; those without a place come last. */
    readonly place?: number;
    readonly host?: string;
    readonly world: LabWorld;
    readonly steps: readonly LessonStep[];
    /** The whole of it in short, as Markdown; told at the end. */
    readonly explains: string;
    readonly reads?: readonly string[];
  };
}

/** What stands between the certification and the name in a lesson's id where it is kept with labs' attempts. */
export const LESSONS = '/lessons/';

/** The id under which a lesson's attempts are kept: `cka/lessons/first-pods`. */
export function attemptId(certification: string, name: string): string {
  return `${certification}${LESSONS}${name}`;
}

/** Whether an attempt's lab is a lesson. */
export function isLesson(lab: string): boolean {
  return lab.includes(LESSONS);
}

/** What a lesson is called by a person: `cka/first-pods`. */
export function lessonName(id: string): string {
  return id.replace(LESSONS, '/');
}
