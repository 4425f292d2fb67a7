import type { WantedLab } from '../ports.js';
import type { Event, Intent } from './event.js';
import { reduceCatalogue } from './reduce-catalogue.js';
import {
  reduceExamEvent,
  reduceExamIntent,
  reduceExamOverlay,
  reduceExamResult,
  reduceExamStart,
} from './reduce-exam.js';
import { reduceLab } from './reduce-lab.js';
import { changedLesson, openedLesson, reducedReview, reduceLessons, typedIntoGap } from './reduce-learn.js';
import { OPENED_PALETTE, reducePalette, typedIntoPalette } from './reduce-palette.js';
import { changedPractice, openedPractice, reduceMoments } from './reduce-practice.js';
import { changedReplay } from './replay-state.js';
import { scrollBy } from './scroll.js';
import type { AuthorState, LabState, Overlay, Screen, State } from './state.js';
import { attemptsOffered, isDroppedTwice } from './unfinished.js';

/** Characters of a search; a book that is pasted into the box must not be looked for, nor drawn. */
const QUERY_MAX = 60;

/** The state after an event. Pure. */
export function reduce(state: State, event: Event): State {
  switch (event.type) {
    case 'intent':
      return reduceIntent(event.intent === 'leader' ? state : { ...state, leader: false }, event.intent, event.last);
    case 'resized':
      return { ...state, size: { ...state.size, columns: event.columns, rows: event.rows } };
    case 'leader-done':
      return state.leader ? { ...state, leader: false } : state;
    case 'searched':
      return searched(state, event.query.slice(0, QUERY_MAX));
    case 'catalogue-read':
      return catalogueRead(state, event);
    case 'shown':
      return { ...state, screen: event.screen, overlay: null, leader: false, scroll: 0 };
    case 'step':
      return state.screen.name === 'loading' ? { ...state, screen: stepped(state.screen, event) } : state;
    case 'lab-opened':
      return { ...state, screen: { name: 'lab' }, overlay: null, scroll: 0, lab: openedLab(state.lab, event) };
    case 'author':
      return withLab(state, ({ author }) => ({ author: author && { ...author, ...event.change } }));
    case 'lesson':
      return withLab(state, (lab) => changedLesson(lab, event.change));
    case 'practice':
      return withLab(state, (lab) => changedPractice(lab, event.change));
    case 'moments':
      return { ...state, overlay: { name: 'moments', moments: event.moments, cursor: 0, asks: false, scroll: 0 } };
    case 'lessons-read':
      return { ...state, lessons: { rows: event.rows, cursor: state.lessons?.cursor ?? 0 } };
    case 'review':
      return reviewed(state, event);
    case 'replay':
      return { ...state, replay: changedReplay(state.replay, event.change) };
    case 'review-typed':
      return state.review ? { ...state, review: typedIntoGap(state.review, event.text) } : state;
    case 'found':
      return withLab(state, (lab) => (lab.find ? { find: event.find } : {}));
    case 'tabs':
      return withLab(state, () => ({ tabs: event.tabs }));
    case 'task-scrolled':
      return withLab(state, ({ taskScroll }) => ({
        taskScroll: Math.max(0, Math.min(event.last, taskScroll + event.by)),
      }));
    case 'hint-taken':
      return withLab(state, (lab) => ({ hintsTaken: [...lab.hintsTaken, event.hint] }));
    case 'graded':
      return withLab({ ...state, screen: { name: 'report', part: 'checks' }, overlay: null, scroll: 0 }, () => ({
        graded: event.graded,
        typed: event.typed,
      }));
    case 'report-part':
      return { ...state, screen: { name: 'report', part: event.part }, scroll: 0 };
    case 'noticed': {
      const { title, text, offers } = event;
      return { ...state, overlay: { name: 'notice', title, text, offers, scroll: 0 }, leader: false };
    }
    case 'asked':
      return { ...state, overlay: { name: 'ask', question: event.question, scroll: 0 }, leader: false };
    case 'unfinished-offered':
      return offerUnfinished(state, event.wanted);
    case 'palette-typed':
      return state.overlay?.name === 'palette'
        ? { ...state, overlay: typedIntoPalette(state.overlay, event.text) }
        : state;
    case 'overlay-closed':
      return { ...state, overlay: null };
    default:
      return reduceExamEvent(state, event);
  }
}

function reduceIntent(state: State, intent: Intent, last = Infinity): State {
  if (intent === 'leader') return { ...state, leader: true };
  if (intent === 'help') return { ...state, overlay: { name: 'help', scroll: 0 } };
  if (intent === 'palette') return { ...state, overlay: OPENED_PALETTE };
  if (state.overlay?.name === 'palette')
    return { ...state, overlay: reducePalette(state, state.overlay, intent, pageOf(state)) };
  if (state.overlay !== null)
    return (
      reduceExamOverlay(state, intent, pageOf(state)) ?? {
        ...state,
        overlay: reduceOverlay(state, state.overlay, intent, last),
      }
    );
  switch (state.screen.name) {
    case 'catalogue':
      if (intent === 'unfinished') return offerUnfinished(state);
      if (intent === 'progress') return { ...state, screen: { name: 'progress' }, scroll: 0 };
      return { ...state, catalogue: reduceCatalogue(state.catalogue, intent, pageOf(state)) };
    case 'progress':
      if (intent === 'certification')
        return { ...state, catalogue: reduceCatalogue(state.catalogue, intent, pageOf(state)), scroll: 0 };
      return intent === 'back' ? { ...state, screen: { name: 'catalogue' }, scroll: 0 } : scrolled(state, intent, last);
    case 'lessons':
      return state.lessons ? { ...state, lessons: reduceLessons(state.lessons, intent, pageOf(state)) } : state;
    case 'report':
    case 'review':
      return scrolled(state, intent, last);
    case 'lab':
      return reduceExamIntent(state, intent) ?? reduceLab(state, intent, last);
    case 'exam-start':
      return reduceExamStart(scrolled(state, intent, last), intent);
    case 'exam-result':
      return reduceExamResult(state, intent, pageOf(state));
    case 'loading':
    case 'replay':
    case 'error':
      return state;
  }
}

function reduceOverlay(state: State, overlay: Overlay, intent: Intent, last: number): Overlay | null {
  if (overlay.name === 'unfinished' && overlay.dropping) return { ...overlay, dropping: false };
  if (overlay.name === 'moments') return reduceMoments(overlay, intent, pageOf(state));
  if ((overlay.name === 'notice' || overlay.name === 'ask') && intent === 'yes') return null;
  if (intent === 'back' || intent === 'no' || intent === 'anew') return null;
  if (overlay.name === 'confirm' && overlay.asks === 'finish' && intent === 'yes')
    return { name: 'confirm', asks: 'surely', scroll: 0 };
  if (overlay.name === 'unfinished') {
    const unfinished = attemptsOffered(state.catalogue.view, overlay);
    if (intent === 'drop' && isDroppedTwice(unfinished[overlay.cursor])) return { ...overlay, dropping: true };
    const lastAttempt = unfinished.length - 1;
    const cursor = scrollBy(overlay.cursor, intent, pageOf(state), lastAttempt);
    return cursor === overlay.cursor ? overlay : { ...overlay, cursor };
  }
  const scroll = scrollBy(overlay.scroll, intent, pageOf(state), last);
  return scroll === overlay.scroll ? overlay : { ...overlay, scroll };
}

function offerUnfinished(state: State, wanted?: WantedLab): State {
  if (attemptsOffered(state.catalogue.view, { wanted }).length === 0) return state;
  return { ...state, overlay: { name: 'unfinished', cursor: 0, dropping: false, wanted, scroll: 0 }, leader: false };
}

/** A dropped attempt is gone from the list that lies over the screen, and the list with its last one. */
function catalogueRead(state: State, { view, now }: Extract<Event, { type: 'catalogue-read' }>): State {
  const read = { ...state, now, catalogue: { ...state.catalogue, view } };
  const { overlay } = state;
  if (overlay?.name !== 'unfinished') return read;
  const left = attemptsOffered(view, overlay).length;
  return { ...read, overlay: left === 0 ? null : { ...overlay, cursor: Math.min(overlay.cursor, left - 1) } };
}

/** A step that is told anew, with other words, takes its own place. */
function stepped(
  screen: Extract<Screen, { name: 'loading' }>,
  { step, at }: Extract<Event, { type: 'step' }>,
): Extract<Screen, { name: 'loading' }> {
  const { steps, progress } = screen;
  const isSame = at !== undefined && at.number === progress?.number && at.of === progress.of;
  return { ...screen, steps: [...(isSame ? steps.slice(0, -1) : steps), step], progress: at };
}

function searched(state: State, query: string): State {
  return query === state.catalogue.query ? state : { ...state, catalogue: { ...state.catalogue, query, cursor: 1 } };
}

/** Another card, or its answer, is seen from its beginning. */
function reviewed(state: State, { change, shown }: Extract<Event, { type: 'review' }>): State {
  const review = reducedReview(state.review, change);
  const turned = review.card !== state.review?.card || review.answered !== state.review?.answered;
  const next = { ...state, review, ...(turned ? { scroll: 0 } : {}) };
  return shown ? { ...next, screen: { name: 'review' }, overlay: null, leader: false } : next;
}

/** Rows that Page Up and Page Down move by. */
function pageOf({ size }: State): number {
  return Math.max(1, size.rows - 6);
}

function scrolled(state: State, intent: Intent, last: number): State {
  const scroll = scrollBy(state.scroll, intent, pageOf(state), last);
  return scroll === state.scroll ? state : { ...state, scroll };
}

function openedLab(
  before: LabState | undefined,
  { view, host, hintsTaken, author, lesson, practice, real }: Extract<Event, { type: 'lab-opened' }>,
): LabState {
  const opened: LabState = {
    task: undefined,
    author: author && openedAuthor(before?.author, author),
    lesson: lesson && openedLesson(lesson),
    practice: practice && openedPractice(practice),
    real,
    view,
    host,
    hintsTaken,
    focus: 'terminal',
    // The choice of another lab is kept, but nobody is to meet a task that they do not see.
    layout: before === undefined || before.layout === 'terminal' ? 'automatic' : before.layout,
    taskScroll: 0,
    graded: undefined,
    typed: [],
  };
  return { ...opened, ...changedLesson(opened, {}) };
}

/** The panel an author chose stays when the lab is opened anew. */
function openedAuthor(before: AuthorState | undefined, author: Pick<AuthorState, 'draw' | 'steps'>): AuthorState {
  return {
    ...author,
    panel: before?.panel ?? 'checks',
    report: undefined,
    looking: false,
    failure: undefined,
    typed: 0,
    saved: false,
    problems: [],
  };
}

function withLab(state: State, change: (lab: LabState) => Partial<LabState>): State {
  return state.lab ? { ...state, lab: { ...state.lab, ...change(state.lab) } } : state;
}
