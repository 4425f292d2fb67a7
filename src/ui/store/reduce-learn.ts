import type { LessonPort } from '../learn-ports.js';
import type { Intent } from './event.js';
import type { LessonState, LessonsState, ReviewState } from './learn-state.js';
import { scrollBy } from './scroll.js';
import type { LabState } from './state.js';

/** Characters of a gap: what is pasted into the box must not be a book. */
const TEXT_MAX = 200;

/** A lesson as it is opened: at its first step that is not done. */
export function openedLesson({ steps, explains, reads, done }: Omit<LessonPort, 'look' | 'note'>): LessonState {
  const open = steps.findIndex(({ id }) => !done.includes(id));
  return {
    steps,
    explains,
    reads,
    done,
    at: open < 0 ? steps.length : open,
    report: undefined,
    looking: false,
    failure: undefined,
    solution: false,
    typed: 0,
  };
}

/** What changes of a lab when its lesson does: the values that can be typed are those of the step that is seen. */
export function changedLesson(lab: LabState, change: Partial<LessonState>): Partial<LabState> {
  if (!lab.lesson) return {};
  const lesson = { ...lab.lesson, ...change };
  const { at, done, solution } = lab.lesson;
  const turned = lesson.at !== at || lesson.done !== done || lesson.solution !== solution;
  return {
    lesson,
    view: { ...lab.view, task: lesson.steps[lesson.at]?.do ?? '' },
    ...(turned ? { taskScroll: 0 } : {}),
  };
}

/** The list of lessons after a key. */
export function reduceLessons(lessons: LessonsState, intent: Intent, page: number): LessonsState {
  const cursor = scrollBy(lessons.cursor, intent, page, Math.max(0, lessons.rows.length - 1));
  return cursor === lessons.cursor ? lessons : { ...lessons, cursor };
}

const NO_REVIEW: ReviewState = {
  about: '',
  card: undefined,
  due: 0,
  fresh: 0,
  later: undefined,
  given: [],
  text: '',
  answered: undefined,
  rated: 0,
  right: 0,
};

/** A review after something of it changed. */
export function reducedReview(review: ReviewState | undefined, change: Partial<ReviewState>): ReviewState {
  return { ...(review ?? NO_REVIEW), ...change };
}

/** What keys send that write nothing. */
const NOT_WRITTEN = /\x1b\[?[0-9;]*[A-Za-z~]?|[\x00-\x1f\x7f-\x9f]/g;

/** A review after something was typed into the gap, or pasted: that may be several lines, of which a gap has one. */
export function typedIntoGap(review: ReviewState, text: string): ReviewState {
  return { ...review, text: `${review.text}${text.replace(NOT_WRITTEN, '')}`.slice(0, TEXT_MAX) };
}
