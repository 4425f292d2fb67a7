import type { Report } from '../checker/rubric.js';
import type { LabSession, OpenSessionOptions } from './ports.js';

/** A lesson in the list, with how far the person is in it. */
export interface LessonRow {
  /** `cka/first-pods`. */
  readonly id: string;
  readonly title: string;
  readonly certification: string;
  readonly minutes: number;
  readonly steps: number;
  /** Steps that are done in the attempt under way. */
  readonly done: number;
  /** It was done to its end once. */
  readonly finished: boolean;
  /** The attempt can be gone on with. */
  readonly open: boolean;
}

/** One step of a lesson as the screens show it. Texts are Markdown. */
export interface LessonStepView {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly do: string | undefined;
  readonly shows: string | undefined;
  /** Of the checks that tell whether it is done; empty for a step that is only read. */
  readonly checks: readonly { readonly id: string; readonly says: string }[];
  /** As typed at the prompt, piece by piece. */
  readonly solution: readonly { readonly text: string; readonly bytes: Uint8Array }[];
}

/** What a session has when it is a lesson. */
export interface LessonPort {
  readonly id: string;
  readonly steps: readonly LessonStepView[];
  readonly explains: string;
  readonly reads: readonly string[];
  /** Steps that were done when it was opened, by their ids. */
  readonly done: readonly string[];
  /** Looks at the checks of one step, as the cluster is at this moment. */
  look(step: string): Promise<Report>;
  /** Keeps that these steps are done. */
  note(done: readonly string[]): void;
}

export interface LessonPorts {
  list(): readonly LessonRow[];
  /** Goes on with an attempt at a lesson where there is one, unless `anew`; else begins it. */
  open(id: string, anew: boolean, options: OpenSessionOptions): Promise<LabSession>;
  rebuild(session: LabSession, options: OpenSessionOptions): Promise<LabSession>;
}

/** A card as it is asked. Texts are Markdown. */
export interface CardView {
  readonly id: string;
  /** Title of its deck. */
  readonly deck: string;
  readonly certification: string;
  readonly question: string;
  readonly kind: 'choices' | 'order' | 'gap';
  /** What can be chosen or put in order, as it is shown. */
  readonly texts: readonly string[];
  /** How many choices are right. */
  readonly several: number;
  /** The text with the gap in it, and how the gap is marked. */
  readonly gap: { readonly text: string; readonly mark: string } | undefined;
}

/** 1 again, 2 hard, 3 good, 4 easy. */
export type CardRating = 1 | 2 | 3 | 4;

/** What is told of an answer. */
export interface AnsweredCard {
  readonly right: boolean;
  /** The right answers. */
  readonly answers: readonly string[];
  readonly why: string;
  /** When the card comes again by each rating, in milliseconds from now. */
  readonly next: Readonly<Record<CardRating, number>>;
}

/** What there is to be asked now. */
export interface ReviewQueue {
  readonly card: CardView | undefined;
  readonly due: number;
  readonly fresh: number;
  /** Milliseconds until the next card is due, when nothing is left for now; undefined when there are no cards at all. */
  readonly later: number | undefined;
}

export interface ReviewPorts {
  /** What the review is about: a certification in capitals, or nothing for all. */
  readonly about: string;
  queue(): ReviewQueue;
  answer(card: string, given: readonly string[]): AnsweredCard;
  /** Keeps how well a card was known. Throws where that cannot be kept. */
  rate(card: string, rating: CardRating): void;
}
